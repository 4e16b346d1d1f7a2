package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is secret stands in the answer to whom it is for, and nowhere else: not in the log, not in refusals, not
/// in what the admin API tells of calls, decisions, the journal and coverage, and not in the store.
class SecretsStayInsideTest {
    private static final String VALUE = "hunter2-hunter2-hunter2";
    private static final String PASSWORD = "Correct-Horse-Battery-9";
    private static final String IAM = "Version=2010-05-08&Action=";

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<String> secrets = new ArrayList<>(List.of(VALUE, PASSWORD));
    private final List<String> refusals = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data;
    private final Cloud cloud;

    SecretsStayInsideTest(@TempDir Path data) throws IOException {
        this.data = data;
        cloud = Cloud.start(List.of("--data", data.toString(), "--port", "0"), Map.of(), log::add, failures::add);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private HttpResponse<String> send(String service, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + "/"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=111122223333/20250101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=x")
                .headers(headers)
                .POST(BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> query(String service, String body) throws Exception {
        return send(service, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> json(String target, String body) throws Exception {
        String service = target.startsWith("Trent") ? "kms" : "secretsmanager";
        return send(service, body, "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target);
    }

    /// Notes what an answer has between two texts as a secret.
    private void learn(HttpResponse<String> answer, String before, String after) {
        Matcher found = Pattern.compile(Pattern.quote(before) + "(.+?)" + Pattern.quote(after))
                .matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        secrets.add(found.group(1));
    }

    private void refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        refusals.add(answer.body());
    }

    private void makeSecrets() throws Exception {
        query("iam", IAM + "CreateUser&UserName=ann");
        learn(query("iam", IAM + "CreateAccessKey&UserName=ann"), "<SecretAccessKey>", "</SecretAccessKey>");
        learn(
                query("iam", IAM + "CreateVirtualMFADevice&VirtualMFADeviceName=phone"),
                "<Base32StringSeed>",
                "</Base32StringSeed>");
        query("iam", IAM + "CreateLoginProfile&UserName=ann&Password=" + PASSWORD);
        HttpResponse<String> session = query("sts", "Version=2011-06-15&Action=GetSessionToken");
        learn(session, "<SecretAccessKey>", "</SecretAccessKey>");
        learn(session, "<SessionToken>", "</SessionToken>");
        json("secretsmanager.CreateSecret", "{\"Name\":\"one\",\"SecretString\":\"" + VALUE + "\"}");
        learn(json("secretsmanager.GetRandomPassword", "{}"), "\"RandomPassword\":\"", "\"");
        HttpResponse<String> key = json("TrentService.CreateKey", "{}");
        String id = key.body().replaceFirst("(?s).*\"KeyId\":\"([^\"]+)\".*", "$1");
        learn(
                json("TrentService.GenerateDataKey", "{\"KeyId\":\"" + id + "\",\"KeySpec\":\"AES_256\"}"),
                "\"Plaintext\":\"",
                "\"");
    }

    /// Calls that carry secrets and are refused, by the model and by the service.
    private void misuseThem() throws Exception {
        refused(query("iam", IAM + "CreateLoginProfile&UserName=ann&Password=" + PASSWORD));
        refused(query("iam", IAM + "CreateLoginProfile&UserName=nobody&Password=" + PASSWORD));
        refused(query("iam", IAM + "UpdateLoginProfile&UserName=ann&Password=" + PASSWORD + "x".repeat(200)));
        refused(json("secretsmanager.CreateSecret", "{\"Name\":\"one\",\"SecretString\":\"" + VALUE + "\"}"));
        refused(json("secretsmanager.PutSecretValue", "{\"SecretId\":\"none\",\"SecretString\":\"" + VALUE + "\"}"));
        refused(json(
                "secretsmanager.PutSecretValue",
                "{\"SecretId\":\"one\",\"SecretString\":\"" + VALUE + "x".repeat(70_000) + "\"}"));
        refused(json(
                "secretsmanager.PutSecretValue",
                "{\"SecretId\":\"one\",\"SecretString\":\"" + VALUE + "\",\"ClientRequestToken\":\"short\"}"));
    }

    /// All that the files of the store hold, a character a byte.
    private String stored() throws IOException {
        var stored = new StringBuilder();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                stored.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return stored.toString();
    }

    @Test
    void noneOfThemCanBeReadInTheStore() throws Exception {
        makeSecrets();

        String stored = stored();

        assertThat(stored).contains("ann", "mfa/phone");
        assertThat(secrets)
                .hasSize(8)
                .allSatisfy(
                        secret -> assertThat(stored.contains(secret)).as(secret).isFalse());
    }

    @Test
    void nobodyElseIsToldOfThem() throws Exception {
        makeSecrets();
        misuseThem();

        var told = new ArrayList<>(log);
        told.addAll(refusals);
        failures.forEach(failure -> told.add(failure.toString()));
        for (String page : List.of("journal", "calls", "decisions", "events", "faults", "coverage", "health")) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + cloud.port() + "/_cloudjar/" + page))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            told.add(answer.body());
        }

        assertThat(secrets).hasSize(8).allSatisfy(secret -> assertThat(told).noneMatch(text -> text.contains(secret)));
        assertThat(told).anyMatch(text -> text.contains("CreateAccessKey"));
        assertThat(failures).isEmpty();
    }
}

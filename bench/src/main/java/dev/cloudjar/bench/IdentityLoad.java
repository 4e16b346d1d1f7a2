package dev.cloudjar.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What it costs that a call's signature is checked and its policies are judged: the same calls by a root that is
/// believed and by users with policies, and the operations of STS and KMS that programs call most.
final class IdentityLoad {
    private static final int CONNECTIONS = 64;
    private static final int GROUPS = 10;
    private static final String ONE = "1 policy";
    private static final String ROOT = "111122223333";
    private static final String QUEUE = "http://localhost/" + ROOT + "/q";

    /// A kind of call: to which service, with which headers and body.
    private record Call(String service, Map<String, String> headers, String body) {
        static Call json(String service, String target, String version, String body) {
            var headers = Map.of("content-type", "application/x-amz-json-" + version, "x-amz-target", target);
            return new Call(service, headers, body);
        }

        static Call query(String service, String body) {
            return new Call(service, Map.of("content-type", "application/x-www-form-urlencoded"), body);
        }
    }

    private static final Call SEND = Call.json(
            "sqs", "AmazonSQS.SendMessage", "1.0", "{\"QueueUrl\":\"" + QUEUE + "\",\"MessageBody\":\"hello\"}");
    private static final Call GET = Call.json(
            "dynamodb", "DynamoDB_20120810.GetItem", "1.0", "{\"TableName\":\"one\",\"Key\":{\"id\":{\"S\":\"one\"}}}");
    private static final Call ENCRYPT =
            Call.json("kms", "TrentService.Encrypt", "1.1", "{\"KeyId\":\"alias/k\",\"Plaintext\":\"aGVsbG8=\"}");
    private static final Call DATA_KEY =
            Call.json("kms", "TrentService.GenerateDataKey", "1.1", "{\"KeyId\":\"alias/k\",\"KeySpec\":\"AES_256\"}");
    private static final Call ASSUME = Call.query(
            "sts",
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=bench&RoleArn=arn%3Aaws%3Aiam%3A%3A" + ROOT
                    + "%3Arole%2Fr");

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;
    private final HttpClient client = HttpClient.newHttpClient();

    IdentityLoad(Load.Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "signed.lua");
    }

    /// A line of the table: who calls what.
    private record Line(String operation, String caller, Call call, SignedRequest.Signer signer) {}

    /// What one round of a line came to.
    private record Round(double throughput, double median, double cpu) {
        static Round median(List<Round> rounds) {
            return rounds.stream()
                    .sorted(Comparator.comparingDouble(Round::throughput))
                    .toList()
                    .get(rounds.size() / 2);
        }
    }

    /// Lines take turns, round by round, so that none has a warmer server or a quieter machine than the others.
    String run() throws IOException, InterruptedException {
        var text = new StringBuilder("""
                Over %d connections, with a store in memory; medians of %d rounds in which the lines take turns. The root's
                signature is not checked and nothing is judged; a user's request is verified and judged by its policies,
                each of which has one statement. Users may lose at most a tenth of what root gets.

                | operation | caller | requests/s | of root's | median | CPU |
                |---|---|---:|---:|---:|---:|
                """.formatted(CONNECTIONS, settings.rounds()));
        try (Program server = Program.start(java.cloud(List.of(), List.of("start", "--port", "0", "--memory")))) {
            var root = new SignedRequest.Signer(ROOT, "secret", server.port());
            prepare(root);
            List<Line> lines = lines(root);
            for (Line line : lines) {
                measured(line, server, settings.warmUp());
            }
            var rounds = new LinkedHashMap<Line, List<Round>>();
            for (int round = 0; round < settings.rounds(); round++) {
                for (Line line : lines) {
                    rounds.computeIfAbsent(line, _ -> new ArrayList<>())
                            .add(measured(line, server, settings.seconds()));
                }
            }
            var ofRoot = new HashMap<String, Round>();
            rounds.forEach((line, all) -> {
                Round median = Round.median(all);
                Round roots = ofRoot.computeIfAbsent(line.operation(), _ -> median);
                text.append(told(line, median, roots));
            });
        }
        return text.toString();
    }

    /// The root first, by whom the others are measured.
    private List<Line> lines(SignedRequest.Signer root) throws IOException, InterruptedException {
        var callers = new LinkedHashMap<String, SignedRequest.Signer>();
        callers.put("root", root);
        for (int policies : new int[] {1, 20, 200}) {
            callers.put(policies == 1 ? ONE : policies + " policies", user(root, policies));
        }
        var lines = new ArrayList<Line>();
        callers.forEach((who, signer) -> lines.add(new Line("SendMessage", who, SEND, signer)));
        callers.forEach((who, signer) -> lines.add(new Line("GetItem", who, GET, signer)));
        callers.forEach((who, signer) -> {
            if (who.equals("root") || who.equals(ONE)) {
                lines.add(new Line("Encrypt", who, ENCRYPT, signer));
                lines.add(new Line("GenerateDataKey", who, DATA_KEY, signer));
                lines.add(new Line("AssumeRole", who, ASSUME, signer));
            }
        });
        return lines;
    }

    private void prepare(SignedRequest.Signer root) throws IOException, InterruptedException {
        send(root, Call.json("sqs", "AmazonSQS.CreateQueue", "1.0", "{\"QueueName\":\"q\"}"));
        send(
                root,
                Call.json(
                        "dynamodb",
                        "DynamoDB_20120810.CreateTable",
                        "1.0",
                        "{\"TableName\":\"one\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":[{\"AttributeName\":\"id\","
                                + "\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
                                + "\"AttributeType\":\"S\"}]}"));
        String key =
                found("\"KeyId\":\"([^\"]+)\"", send(root, Call.json("kms", "TrentService.CreateKey", "1.1", "{}")));
        send(
                root,
                Call.json(
                        "kms",
                        "TrentService.CreateAlias",
                        "1.1",
                        "{\"AliasName\":\"alias/k\",\"TargetKeyId\":\"" + key + "\"}"));
        iam(
                root,
                "CreateRole",
                Map.of(
                        "RoleName",
                        "r",
                        "AssumeRolePolicyDocument",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                                + "\"Principal\":{\"AWS\":\"" + ROOT + "\"}}]}"));
    }

    /// A user whose last policy allows everything and whose others are about other queues.
    private SignedRequest.Signer user(SignedRequest.Signer root, int policies)
            throws IOException, InterruptedException {
        String name = "u" + policies;
        iam(root, "CreateUser", Map.of("UserName", name));
        for (int group = 0; group < Math.min(GROUPS, policies - 1); group++) {
            String members = name + "-" + group;
            iam(root, "CreateGroup", Map.of("GroupName", members));
            iam(root, "AddUserToGroup", Map.of("GroupName", members, "UserName", name));
        }
        for (int i = 0; i < policies - 1; i++) {
            iam(
                    root,
                    "PutGroupPolicy",
                    Map.of(
                            "GroupName",
                            name + "-" + i % GROUPS,
                            "PolicyName",
                            "p" + i,
                            "PolicyDocument",
                            policy("arn:aws:sqs:us-east-1:" + ROOT + ":other" + i)));
        }
        iam(root, "PutUserPolicy", Map.of("UserName", name, "PolicyName", "p", "PolicyDocument", policy("*")));
        String made = iam(root, "CreateAccessKey", Map.of("UserName", name));
        return new SignedRequest.Signer(
                found("<AccessKeyId>(.+?)<", made), found("<SecretAccessKey>(.+?)<", made), root.port());
    }

    private static String policy(String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\""
                + resource + "\"}]}";
    }

    private String iam(SignedRequest.Signer root, String action, Map<String, String> parameters)
            throws IOException, InterruptedException {
        var body = new StringBuilder("Version=2010-05-08&Action=" + action);
        parameters.forEach((name, value) ->
                body.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(root, Call.query("iam", body.toString()));
    }

    private String send(SignedRequest.Signer signer, Call call) throws IOException, InterruptedException {
        SignedRequest signed = signed(signer, call);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + signer.port() + "/"))
                .POST(BodyPublishers.ofString(signed.body()));
        signed.headers().entrySet().stream()
                .filter(header -> !header.getKey().equals("host"))
                .forEach(header -> request.header(header.getKey(), header.getValue()));
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(call.body() + ": " + answer.body());
        }
        return answer.body();
    }

    private static SignedRequest signed(SignedRequest.Signer signer, Call call) {
        return SignedRequest.of(
                signer,
                call.service(),
                call.headers(),
                call.body(),
                InstantSource.system().instant());
    }

    private static String found(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private Round measured(Line line, Program server, int seconds) throws IOException, InterruptedException {
        send(line.signer(), line.call());
        Path file = Files.writeString(
                folder.resolve("request.txt"),
                signed(line.signer(), line.call()).text());
        double before = server.cpuSeconds();
        Wrk.Result result = wrk.run(server.port(), CONNECTIONS, seconds, List.of(file.toString()));
        double cpu = (server.cpuSeconds() - before) * 1e6 / result.requests();
        if (result.errors() > 0) {
            throw new IOException(line.operation() + " failed " + result.errors() + " times");
        }
        return new Round(result.throughput(), result.median(), cpu);
    }

    private static String told(Line line, Round median, Round root) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.0f %% | %.2f ms | %.0f µs |%n",
                line.operation(),
                line.caller(),
                median.throughput(),
                100 * median.throughput() / root.throughput(),
                median.median() / 1000,
                median.cpu());
    }
}

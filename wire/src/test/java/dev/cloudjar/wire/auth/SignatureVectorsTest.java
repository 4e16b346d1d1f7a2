package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// AWS's own signature vectors: the canonical request must come out byte for byte, the published signature must be
/// believed, and one bit less of it must not.
class SignatureVectorsTest {
    private static final String WHERE = "CLOUDJAR_PROTOCOL_TESTS";

    @TestFactory
    Stream<DynamicTest> vectorsOfAws() throws IOException {
        Path cases = directory().resolve("cases.jsonl");
        assumeTrue(Files.exists(cases), "No protocol tests at " + cases + ": set " + WHERE);
        return Files.readAllLines(cases).stream()
                .filter(line -> line.contains("\"kind\":\"sigv4\""))
                .map(SignatureVectorsTest::read)
                .map(test -> DynamicTest.dynamicTest(field(test, "id"), () -> check(test)));
    }

    private static void check(Map<String, String> test) throws IOException {
        String authorization = field(test, "authz");
        HttpRequest request = request(field(test, "req"), authorization, field(test, "creq"));
        Endpoint endpoint = Samples.plain("service", Protocol.AWS_QUERY);
        Parts parts = Parts.ofHeader(authorization, request.headers(), CommonWording.QUERY);
        Claim claim = parts.complete(CommonWording.QUERY, false);

        ByteText canonical = CanonicalRequest.of(request, claim, PayloadHash.computed(request, endpoint), false);
        assertThat(canonical.toString()).isEqualTo(field(test, "creq"));

        SecretKeys keys = id -> Optional.of(SecretKeys.SecretKey.of(Samples.SECRET));
        var authenticator = new Authenticator(withToken(keys, claim), CredentialRules.STRICT);
        Authenticated authenticated = authenticator.authenticate(request, endpoint, Samples.NOW);
        assertThat(authenticated.identity())
                .isInstanceOfSatisfying(
                        Identity.Signed.class, s -> assertThat(s.accessKeyId()).isEqualTo(Samples.ID));

        char last = authorization.charAt(authorization.length() - 1);
        String other = authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0');
        request.headers().set("Authorization", other);
        assertThatThrownBy(() -> authenticator.authenticate(request, endpoint, Samples.NOW))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("The request signature we calculated does not match");
    }

    private static SecretKeys withToken(SecretKeys keys, Claim claim) {
        return claim.sessionToken().isEmpty()
                ? keys
                : id -> Optional.of(SecretKeys.SecretKey.temporary(
                        Samples.SECRET, claim.sessionToken().get(), Samples.NOW.plusSeconds(1)));
    }

    private static HttpRequest request(String raw, String authorization, String canonical) {
        int blank = raw.indexOf("\n\n");
        String head = blank < 0 ? raw : raw.substring(0, blank);
        String body = blank < 0 ? "" : raw.substring(blank + 2);
        String[] lines = head.replaceAll("\n +", " ").split("\n", -1);
        var headers = new Headers();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1));
            }
        }
        canonical
                .lines()
                .filter(line -> line.startsWith("x-amz-security-token:"))
                .forEach(line -> headers.set("X-Amz-Security-Token", line.substring(line.indexOf(':') + 1)));
        headers.add("Authorization", authorization);
        String target = lines[0].substring(lines[0].indexOf(' ') + 1, lines[0].lastIndexOf(' '));
        int question = target.indexOf('?');
        return Samples.request(
                lines[0].substring(0, lines[0].indexOf(' ')),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                Body.of(Blob.of(body)));
    }

    private static Path directory() {
        String given = System.getenv(WHERE);
        if (given != null) {
            return Path.of(given);
        }
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.exists(at.resolve(".mvn"))) {
            at = at.getParent();
        }
        return at.resolveSibling("shared").resolve("protocol-tests");
    }

    private static Map<String, String> read(String line) {
        var fields = new HashMap<String, String>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    fields.put(parser.currentName(), parser.getText());
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return fields;
    }

    private static String field(Map<String, String> test, String name) {
        String value = test.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? "" : value;
    }
}

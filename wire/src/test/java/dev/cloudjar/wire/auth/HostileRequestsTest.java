package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However a valid request is bent, it is believed or refused with an error of AWS's: never a failure of our own. A
/// failing case names its seed, and the seed repeats it.
class HostileRequestsTest {
    private static final String ALPHABET = "\0\t\n %&+,-./0159:;=?@AZ[\\]az{}~é\u1234\ud83d";
    private static final List<CredentialRules> RULES = List.of(CredentialRules.STRICT, CredentialRules.LENIENT);

    private final List<Endpoint> endpoints = new ArrayList<>();

    HostileRequestsTest() {
        endpoints.add(Samples.s3());
        for (Protocol protocol : Protocol.values()) {
            endpoints.add(Samples.plain("s3-like", protocol));
        }
        endpoints.add(Samples.endpoint(
                "gzip", Protocol.REST_JSON, Samples.facts(List.of(), Optional.of(Samples.CHECKSUM), true)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areBelievedOrRefused(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        List<HttpRequest> valid = valid();
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            HttpRequest bent = valid.get(random.nextInt(valid.size()));
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                bent = bend(bent, random);
            }
            Endpoint endpoint = endpoints.get(random.nextInt(endpoints.size()));
            CredentialRules rules = RULES.get(random.nextInt(2));
            refused += refuses(new Authenticator(Samples.KEYS, rules), endpoint, bent) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    private static boolean refuses(Authenticator authenticator, Endpoint endpoint, HttpRequest request)
            throws IOException {
        try (InputStream body = authenticator
                .authenticate(request, endpoint, Samples.NOW)
                .request()
                .body()
                .open()) {
            body.readAllBytes();
            return false;
        } catch (AwsError refusal) {
            assertThat(refusal.code().status()).isBetween(400, 499);
            return true;
        }
    }

    private static List<HttpRequest> valid() throws IOException {
        return List.of(
                SdkSigner.s3().body("hello").sign(),
                SdkSigner.s3().method("GET").presigned(Duration.ofMinutes(5)).sign(),
                SdkSigner.s3().chunked().body(new byte[70_000]).sign(),
                SdkSigner.s3()
                        .chunked()
                        .crc32()
                        .body(new byte[70_000])
                        .streamed()
                        .sign(),
                SdkSigner.s3().chunked().unsignedPayload().crc32().body("hello").sign(),
                SdkSigner.service("s3-like").body("{}").sign(),
                version2());
    }

    private static HttpRequest version2() {
        return Samples.request(
                "GET",
                "/bucket/key",
                "AWSAccessKeyId=" + Samples.ID + "&Signature=abc%3D&Expires=1440938160&acl",
                Headers.of("Content-Type", "text/plain", "x-amz-meta-a", "b"),
                Samples.bytes("hello"));
    }

    private static HttpRequest bend(HttpRequest request, SplittableRandom random) {
        Headers headers = new Headers();
        int chosen = random.nextInt(Math.max(1, request.headers().size()));
        int kind = random.nextInt(5);
        int[] at = {0};
        request.headers().forEach((name, value) -> {
            boolean here = kind < 3 && at[0]++ == chosen;
            if (!here || random.nextInt(4) > 0) {
                headers.add(name, here ? bend(value, random) : value);
            }
        });
        return new HttpRequest(
                request.method(),
                kind == 4 && random.nextInt(8) == 0 ? bend(request.host(), random) : request.host(),
                kind == 4 ? bend(request.path(), random) : request.path(),
                kind == 3 ? bend(request.query(), random) : request.query(),
                headers,
                kind == 4 ? bend(request.body(), random) : again(request.body()),
                request.peer());
    }

    private static String bend(String text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(4));
        char inserted = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + inserted + text.substring(from);
            case 2 -> text.substring(0, from) + inserted + text.substring(to);
            default -> text.substring(from) + text.substring(0, from);
        };
    }

    private static Body bend(Body body, SplittableRandom random) {
        byte[] bytes = bytes(body).clone();
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        return random.nextBoolean()
                ? Body.of(Blob.of(bytes))
                : Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes));
    }

    private static Body again(Body body) {
        return Body.of(Blob.of(bytes(body)));
    }

    private static byte[] bytes(Body body) {
        try (InputStream in = body.open()) {
            byte[] bytes = in.readAllBytes();
            in.reset();
            return bytes;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

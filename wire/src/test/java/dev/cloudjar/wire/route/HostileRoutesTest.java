package dev.cloudjar.wire.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.Headers;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is asked for, there is an answer: an operation or a refusal, and never a failure of our own.
class HostileRoutesTest {
    private static final String ALPHABET = "\0 %&+./29:;=?@{}Aaz~é\u1234\ud83d";
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "", "TRACE");
    private final World world = new World();

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyRequestIsAnswered(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            ServiceSchema.Facts service =
                    world.services().get(random.nextInt(world.services().size()));
            List<OperationSchema> operations = world.schema(service.id()).operations();
            OperationSchema operation = operations.get(random.nextInt(operations.size()));
            Headers headers = random.nextBoolean() ? World.signed(service.signingName()) : new Headers();
            headers.add("Host", bent(service.endpointPrefix() + ".us-east-1.amazonaws.com", random));
            if (random.nextInt(3) == 0) {
                headers.add("X-Amz-Target", bent(service.targetPrefix().orElse("x") + "." + operation.name(), random));
            }
            if (random.nextInt(3) == 0) {
                headers.add("Content-Type", bent("application/x-www-form-urlencoded", random));
            }
            String form = bent("Action=" + operation.name() + "&Version=" + service.apiVersion(), random);
            assertThat(world.router()
                            .route(World.request(
                                    METHODS.get(random.nextInt(METHODS.size())),
                                    bent(operation.http().uri(), random),
                                    random.nextBoolean() ? bent(form, random) : "",
                                    headers,
                                    Body.of(Blob.of(form)))))
                    .isNotNull();
        }
    }

    @Test
    void aPathOfNothingButSlashesIsAnswered() throws IOException {
        for (String path : List.of(
                "",
                "/",
                "//",
                "/".repeat(100_000),
                "a",
                "%",
                "/%",
                "/%2",
                "/..",
                "/v20180820/mrap/instances/" + "a/".repeat(50_000))) {
            for (String service : List.of("s3", "lambda", "apigateway", "nothing")) {
                Headers headers = World.signed(service).add("x-amz-account-id", "1");
                assertThat(world.router().route(World.request("GET", path, "", headers, World.NOTHING)))
                        .isNotNull();
            }
        }
    }

    private static String bent(String text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(4));
        char inserted = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + inserted + text.substring(to);
            case 2 -> text.substring(from) + text.substring(0, from);
            default -> text;
        };
    }
}

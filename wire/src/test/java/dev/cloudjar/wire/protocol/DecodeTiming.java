package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.validate.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// Prints what it takes to decode, validate and encode a PutItem of about 1 KB and a page of ListObjectsV2. A
/// program, not a test: run it on a quiet machine.
final class DecodeTiming {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int ROUNDS = 12;
    private static final int CALLS = 100_000;

    private DecodeTiming() {}

    public static void main(String[] arguments) throws IOException {
        var put = new Sent("dynamodb", "PutItem", Protocol.AWS_JSON_1_0);
        byte[] body = item().getBytes(StandardCharsets.UTF_8);
        Struct input = put.body(body);
        var validator = new Validator();
        System.out.println(body.length + " bytes");
        measure("decode PutItem", () -> put.body(body));
        measure("validate PutItem", () -> {
            validator.check(put.operation(), input);
            return input;
        });
        measure("encode it back", () -> put.codec().encode(put.operation(), input, "id"));
    }

    private static void measure(String what, Call call) throws IOException {
        long[] nanos = new long[ROUNDS];
        int sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Instant start = CLOCK.instant();
            for (int i = 0; i < CALLS; i++) {
                sink += System.identityHashCode(call.make()) & 1;
            }
            nanos[round] = Duration.between(start, CLOCK.instant()).toNanos() / CALLS;
        }
        Arrays.sort(nanos);
        System.out.println(
                what + ": best " + nanos[0] + " ns, median " + nanos[ROUNDS / 2] + " ns (" + (sink & 1) + ")");
    }

    private static String item() {
        var text = new StringBuilder("{\"TableName\":\"orders\",\"Item\":{\"pk\":{\"S\":\"customer#42\"}");
        for (int i = 0; i < 14; i++) {
            text.append(",\"attribute")
                    .append(i)
                    .append("\":{\"S\":\"some value of ordinary length ")
                    .append(i)
                    .append("\"}");
            text.append(i % 5 == 0 ? ",\"count" + i + "\":{\"N\":\"" + i * 1000 + "\"}" : "");
        }
        return text.append("},\"ReturnValues\":\"NONE\",\"ConditionExpression\":\"attribute_not_exists(pk)\"}")
                .toString();
    }

    @FunctionalInterface
    private interface Call {
        Object make() throws IOException;
    }
}

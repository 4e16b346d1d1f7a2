package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written as an answer is read back as it was, whatever its shape. A failure names its seed and protocol.
class RoundTripTest {
    private final Codecs codecs = new Codecs();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyProtocolReadsWhatItWrites(long seed) throws IOException {
        for (Protocol protocol : Protocol.values()) {
            var shapes = new RandomShapes(seed, protocol);
            OperationSchema operation = shapes.operation();
            Struct output = shapes.value(operation.output(), 0);

            HttpResponse answer = codecs.of(protocol).encode(operation, output, "id");

            Struct back = new ClientReader(operation, protocol).read(answer);
            assertThat(Params.plain(back, (m, v) -> false))
                    .as("%s, seed %s", protocol, seed)
                    .isEqualTo(Params.plain(output, (m, v) -> false));
        }
    }
}

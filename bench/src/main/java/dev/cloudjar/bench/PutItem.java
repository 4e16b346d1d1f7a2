package dev.cloudjar.bench;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.protocol.Codecs;
import dev.cloudjar.wire.protocol.ProtocolCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Decoding a DynamoDB PutItem of about 1 KB, and encoding a GetItem's answer with the same item.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseCompactObjectHeaders")
public class PutItem {
    private final ProtocolCodec codec = new Codecs().of(Protocol.AWS_JSON_1_0);
    private final OperationSchema put =
            Schemas.open("dynamodb").operation("PutItem").orElseThrow();
    private final OperationSchema get = put.service().operation("GetItem").orElseThrow();
    private final HttpRequest request = request(item());
    private final Struct answer = answer();

    private static String item() {
        var item = new StringBuilder("{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"order-000000000001\"}");
        for (int i = 0; i < 8; i++) {
            item.append(",\"text")
                    .append(i)
                    .append("\":{\"S\":\"")
                    .append("lorem ipsum ".repeat(4))
                    .append("\"}");
            item.append(",\"number")
                    .append(i)
                    .append("\":{\"N\":\"")
                    .append(1000 + i)
                    .append("\"}");
        }
        item.append(",\"tags\":{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]},\"paid\":{\"BOOL\":true}");
        item.append(",\"address\":{\"M\":{\"street\":{\"S\":\"Main Street 1\"},\"zip\":{\"S\":\"12345\"}}}}");
        return item.append(",\"ConditionExpression\":\"attribute_not_exists(id)\"}")
                .toString();
    }

    private static HttpRequest request(String body) {
        Headers headers = Headers.of("Content-Type", "application/x-amz-json-1.0");
        var peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
        return new HttpRequest("POST", "localhost", "/", "", headers, Body.of(Blob.of(body)), peer);
    }

    private Struct answer() {
        try {
            Struct output = get.output().create();
            output.copyFrom(codec.decode(put, request, Map.of()));
            return output;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Benchmark
    public Struct decode() throws IOException {
        return codec.decode(put, request, Map.of());
    }

    @Benchmark
    public HttpResponse encode() throws IOException {
        return codec.encode(get, answer, "id");
    }
}

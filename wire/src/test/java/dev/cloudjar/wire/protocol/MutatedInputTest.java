package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes arrive, the answer is an input or AWS's 4xx, never another exception. A failure names its seed.
class MutatedInputTest {
    private static final int MUTANTS = 400;

    private final Sent json = new Sent("dynamodb", "PutItem", Protocol.AWS_JSON_1_0);
    private final Sent cbor = new Sent("cloudwatch", "PutMetricData", Protocol.RPC_V2_CBOR);
    private final Sent xml = new Sent("s3", "PutBucketLifecycleConfiguration", Protocol.REST_XML);
    private final Sent query = new Sent("ec2", "RunInstances", Protocol.EC2_QUERY);

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void json(int seed) throws IOException {
        String body =
                "{\"TableName\": \"t\\u00e9\", \"Item\": {\"a\": {\"S\": \"x\"}, \"b\": {\"B\": \"AAECAw==\"}, \"c\":"
                        + " {\"L\": [{\"N\": \"1\"}, {\"M\": {\"d\": {\"BOOL\": true}}}, {\"NULL\": true}]}},"
                        + " \"ReturnValues\": \"NONE\", \"Expected\": {\"e\": {\"Exists\": false}}}";
        survives(json, body.getBytes(StandardCharsets.UTF_8), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cbor(int seed) throws IOException {
        Struct input = Params.struct(
                cbor.operation().input(),
                Map.of(
                        "Namespace",
                        "n",
                        "MetricData",
                        List.of(Map.of(
                                "MetricName",
                                "m",
                                "Timestamp",
                                (double) Instant.EPOCH.getEpochSecond(),
                                "Value",
                                1.5,
                                "Counts",
                                List.of(1.0, 2.0),
                                "StorageResolution",
                                60.0))));
        survives(cbor, TreeFormat.cbor().write(input, "").bytes(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void xml(int seed) throws IOException {
        String body =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/"
                        + "doc/2006-03-01/\"><Rule><ID>é&lt;</ID><Filter><And><Prefix>p</Prefix><Tag><Key>k</K"
                        + "ey></Tag></And>"
                        + "</Filter><Expiration><Date>2020-01-01T00:00:00Z</Date><Days>3</Days></Expiration><!-- c -->"
                        + "<Status><![CDATA[Enabled]]></Status></Rule></LifecycleConfiguration>";
        survives(xml, body.getBytes(StandardCharsets.UTF_8), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void query(int seed) throws IOException {
        String body = "Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=2&BlockDeviceMapping.1.Ebs.VolumeSize=8"
                + "&TagSpecification.1.Tag.1.Key=a%20b&TagSpecification.1.Tag.1.Value=%C3%A9&EbsOptimized=true"
                + "&SecurityGroupId.1=sg-1&UserData=AAEC";
        survives(query, body.getBytes(StandardCharsets.UTF_8), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noise(int seed) throws IOException {
        var random = new SplittableRandom(seed);
        for (Sent sent : List.of(json, cbor, xml, query)) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            read(sent, body, () -> "seed " + seed);
        }
    }

    private static void survives(Sent sent, byte[] valid, int seed) throws IOException {
        assertThat(sent.body(valid)).isNotNull();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < MUTANTS; i++) {
            int mutant = i;
            read(sent, mutated(valid, random), () -> "seed " + seed + ", mutant " + mutant);
        }
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> System.arraycopy(valid, 0, bytes, at, Math.min(valid.length, bytes.length - at));
            }
        }
        return bytes;
    }

    private static void read(Sent sent, byte[] body, Supplier<String> which) throws IOException {
        try {
            sent.body(body);
        } catch (AwsError e) {
            assertThat(e.code().status()).as(which.get()).isBetween(400, 499);
        } catch (RuntimeException e) {
            throw new AssertionError(which.get() + ": " + Blob.of(body).base64(), e);
        }
    }
}

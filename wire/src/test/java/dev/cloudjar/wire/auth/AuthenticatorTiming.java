package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Crc64Nvme;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;

/// Prints how long the checks of this package take, warm and on one thread. Run by hand; nothing is asserted.
final class AuthenticatorTiming {
    private static final int ROUNDS = 5;
    private static final Authenticator AUTHENTICATOR = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    private AuthenticatorTiming() {}

    public static void main(String[] arguments) throws Exception {
        String kilobyte = "x".repeat(1024);
        Endpoint json = Samples.plain("dynamodb", Protocol.AWS_JSON_1_0);
        HttpRequest post = SdkSigner.service("dynamodb")
                .uri("https://dynamodb.us-east-1.amazonaws.com/")
                .header("X-Amz-Target", "DynamoDB_20120810.PutItem")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("User-Agent", "aws-sdk-java/2.54.14 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1 lang/java#25")
                .header("amz-sdk-invocation-id", "f0f0f0f0-aaaa-bbbb-cccc-0123456789ab")
                .header("amz-sdk-request", "attempt=1; max=4")
                .body(kilobyte)
                .sign();
        time("DynamoDB PutItem, 1 KB, header", 200_000, () -> AUTHENTICATOR.authenticate(post, json, Samples.NOW));
        var lenient = new Authenticator(SecretKeys.NONE, CredentialRules.LENIENT);
        time("the same, key unknown", 200_000, () -> lenient.authenticate(post, json, Samples.NOW));
        HttpRequest put = SdkSigner.s3().body(kilobyte).sign();
        time("S3 PutObject, 1 KB, header", 200_000, () -> AUTHENTICATOR.authenticate(put, Samples.s3(), Samples.NOW));
        HttpRequest get =
                SdkSigner.s3().method("GET").presigned(Duration.ofMinutes(5)).sign();
        time("S3 GetObject, presigned", 200_000, () -> AUTHENTICATOR.authenticate(get, Samples.s3(), Samples.NOW));
        bodies(new byte[8 << 20]);
    }

    private static void bodies(byte[] eightMegabytes) throws Exception {
        HttpRequest chunked =
                SdkSigner.s3().chunked().crc32().body(eightMegabytes).sign();
        time("S3 PutObject, 8 MiB, signed chunks and CRC32", 50, () -> drain(chunked));
        HttpRequest unsigned = SdkSigner.s3()
                .chunked()
                .unsignedPayload()
                .crc32()
                .body(eightMegabytes)
                .sign();
        time("S3 PutObject, 8 MiB, unsigned chunks and CRC32", 200, () -> drain(unsigned));
        time("CRC64NVME, 8 MiB", 200, () -> {
            var crc = new Crc64Nvme();
            crc.update(eightMegabytes, 0, eightMegabytes.length);
            return crc.getValue();
        });
        time("CRC32, 8 MiB", 200, () -> {
            var crc = new CRC32();
            crc.update(eightMegabytes, 0, eightMegabytes.length);
            return crc.getValue();
        });
    }

    private static long drain(HttpRequest request) throws IOException {
        byte[] framed = request.body().open().readAllBytes();
        HttpRequest streamed =
                request.withBody(Body.of(OptionalLong.of(framed.length), new ByteArrayInputStream(framed)));
        var buffer = new byte[64 << 10];
        long total = 0;
        try (InputStream in = AUTHENTICATOR
                .authenticate(streamed, Samples.s3(), Samples.NOW)
                .request()
                .body()
                .open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
            }
        }
        return total;
    }

    private static void time(String what, int count, Callable<?> call) throws Exception {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                call.call();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1000.0 / count);
        }
        System.out.printf(Locale.ROOT, "%-50s %10.2f us%n", what, best);
    }
}

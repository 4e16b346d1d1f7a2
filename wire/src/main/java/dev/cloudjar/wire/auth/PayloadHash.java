package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;

/// What a canonical request says of the body: its SHA-256, or a word for why there is none.
final class PayloadHash {
    static final String HEADER = "x-amz-content-sha256";
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    static final String UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String STREAMING = "STREAMING-";

    /// The largest body that is hashed at once. Nothing but S3 takes more, and S3 says the hash beforehand.
    private static final int LARGEST = 128 << 20;

    private PayloadHash() {}

    /// The hash that S3's rules want signed: the one the request names, which the body is held to as it is read.
    static String named(HttpRequest request, Claim claim, Wording wording) {
        String given = request.headers()
                .get(HEADER)
                .or(() -> QueryText.getIgnoringCase(request.query(), HEADER))
                .orElse("");
        if (given.isEmpty()) {
            if (claim.presigned()) {
                return UNSIGNED;
            }
            throw wording.refuse(new Flaw.MissingPayloadHash());
        }
        if (!given.equals(UNSIGNED) && !isStreaming(given) && !isSha256(given)) {
            throw wording.refuse(new Flaw.BadPayloadHash(given));
        }
        return given;
    }

    /// Whether the hash is that of the body and nothing the request says, so that all of the body is needed at
    /// once. Of an event stream the first events are wanted before the last are there.
    static boolean isComputed(HttpRequest request, Endpoint endpoint) {
        String given = request.headers().get(HEADER).orElse("");
        return !endpoint.isS3()
                && !endpoint.hasUnsignedBody()
                && !given.equals(UNSIGNED)
                && !given.startsWith(STREAMING);
    }

    /// The hash that other services want signed, of a body that was [#buffered] if it [#isComputed].
    static String computed(HttpRequest request, Endpoint endpoint) {
        if (isComputed(request, endpoint) && request.body() instanceof Body.Bytes(Blob bytes)) {
            return Digests.sha256Hex(bytes.bytes());
        }
        return request.headers().get(HEADER).orElse(UNSIGNED);
    }

    /// The request with its body in memory, for hashing before anyone reads it.
    static HttpRequest buffered(HttpRequest request) throws IOException {
        if (request.body() instanceof Body.Bytes) {
            return request;
        }
        try (InputStream body = request.body().open()) {
            byte[] bytes = body.readNBytes(LARGEST);
            if (bytes.length == LARGEST && body.read() >= 0) {
                throw BodyFault.tooLarge(LARGEST);
            }
            return request.withBody(Body.of(Blob.of(bytes)));
        }
    }

    static boolean isSha256(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')) {
                return false;
            }
        }
        return true;
    }

    static boolean isStreaming(String text) {
        return switch (text) {
            case UNSIGNED_TRAILER,
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
                    "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" -> true;
            default -> false;
        };
    }
}

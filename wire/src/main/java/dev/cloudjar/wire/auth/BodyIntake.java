package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Turns the body as it came into the body that was meant: unframed, held to its checksums, decompressed. A
/// body in memory is dealt with at once and stays in memory; any other as it is read.
final class BodyIntake {
    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    private static final String ENCODING = "Content-Encoding";
    private static final String ALGORITHM = "x-amz-sdk-checksum-algorithm";
    private static final String CHUNKED = "aws-chunked";

    private final HttpRequest request;
    private final Endpoint endpoint;

    private BodyIntake(HttpRequest request, Endpoint endpoint) {
        this.request = request;
        this.endpoint = endpoint;
    }

    static BodyIntake of(HttpRequest request, Endpoint endpoint) {
        return new BodyIntake(request, endpoint);
    }

    /// `signatures` are there where chunks, if signed at all, must be signed well.
    HttpRequest unwrap(Optional<ChunkSignatures> signatures) throws IOException {
        HttpRequest unframed = request;
        Trailers trailers = name -> Optional.empty();
        String payload = request.headers().get(PayloadHash.HEADER).orElse("");
        if (isChunked(payload)) {
            boolean signed = !payload.equals(PayloadHash.UNSIGNED_TRAILER) && PayloadHash.isStreaming(payload);
            var framing = new AwsChunkedStream.Framing(
                    decodedLength(), payload.endsWith("-TRAILER"), signed ? signatures : Optional.empty());
            var stream = new AwsChunkedStream(request.body().open(), framing);
            trailers = stream::trailer;
            unframed = withoutFraming(stream, framing.length());
        }
        return Gunzip.apply(checked(unframed, trailers), endpoint);
    }

    /// Where a checksum may be found after the body.
    @FunctionalInterface
    interface Trailers {
        Optional<String> find(String name);
    }

    private boolean isChunked(String payload) {
        if (PayloadHash.isStreaming(payload)) {
            return true;
        }
        Optional<String> encoding = request.headers().get(ENCODING);
        return encoding.isPresent()
                && encoding.get().contains(CHUNKED)
                && request.headers().has(DECODED_LENGTH);
    }

    private long decodedLength() {
        String text = request.headers().get(DECODED_LENGTH).orElseThrow(BodyFault::missingLength);
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw BodyFault.missingLength();
        }
        return Long.parseLong(text);
    }

    private HttpRequest withoutFraming(AwsChunkedStream stream, long length) throws IOException {
        Body body = request.body() instanceof Body.Bytes
                ? Body.of(Blob.of(stream.readAllBytes()))
                : Body.of(OptionalLong.of(length), stream);
        var headers = new Headers();
        request.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase(ENCODING)) {
                String others = withoutChunked(value);
                if (!others.isEmpty()) {
                    headers.add(name, others);
                }
            } else if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding")) {
                headers.add(name, value);
            }
        });
        headers.add("Content-Length", Long.toString(length));
        addAlgorithm(headers);
        return new HttpRequest(
                request.method(), request.host(), request.path(), request.query(), headers, body, request.peer());
    }

    /// Newer clients name the checksum's algorithm twice, others in the trailer alone; services read the header.
    private static void addAlgorithm(Headers headers) {
        if (!headers.has(ALGORITHM)) {
            headers.get("x-amz-trailer")
                    .flatMap(trailer -> Hashing.ofHeader(trailer.strip()))
                    .ifPresent(algorithm -> headers.add(ALGORITHM, algorithm.name()));
        }
    }

    private static String withoutChunked(String encodings) {
        var kept = new StringBuilder();
        for (String encoding : encodings.split(",", -1)) {
            if (!encoding.strip().equalsIgnoreCase(CHUNKED) && !encoding.isBlank()) {
                kept.append(kept.isEmpty() ? "" : ",").append(encoding.strip());
            }
        }
        return kept.toString();
    }

    private HttpRequest checked(HttpRequest unframed, Trailers trailers) throws IOException {
        List<BodyCheck> checks = new BodyChecks(unframed, endpoint, trailers).list();
        if (checks.isEmpty()) {
            return unframed;
        }
        if (unframed.body() instanceof Body.Bytes(Blob bytes)) {
            for (BodyCheck check : checks) {
                check.update(bytes.bytes(), 0, bytes.size());
                check.finish();
            }
            return unframed;
        }
        InputStream stream = new CheckedBodyStream(unframed.body().open(), checks);
        return unframed.withBody(Body.of(unframed.body().length(), stream));
    }
}

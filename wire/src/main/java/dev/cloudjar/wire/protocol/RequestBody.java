package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.BulkInputStream;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Bodies that are read whole, and the gzip that clients may put around those of some operations.
final class RequestBody {
    /// More than any AWS API takes in one document; object bodies are streamed and know no limit.
    static final int LIMIT = 256 << 20;

    private static final int TRUSTED = 1 << 20;
    private static final String ENCODING = "Content-Encoding";
    private static final AwsError.Code TOO_LARGE = AwsError.Code.of("RequestEntityTooLargeException", 413);

    private RequestBody() {}

    static byte[] read(HttpRequest request) throws IOException {
        Body body = request.body();
        if (body instanceof Body.Bytes held) {
            return held.bytes().bytes();
        }
        if (body.length().orElse(0) > LIMIT) {
            throw tooLarge();
        }
        try (InputStream in = body.open()) {
            return read(in, body.length());
        } catch (ZipException e) {
            throw new Unreadable("");
        }
    }

    /// A small body is read into an array of its length; a large one must arrive before memory is given to it.
    private static byte[] read(InputStream in, OptionalLong length) throws IOException {
        if (length.isPresent() && length.getAsLong() <= TRUSTED) {
            byte[] bytes = new byte[(int) length.getAsLong()];
            int count = in.readNBytes(bytes, 0, bytes.length);
            return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        }
        byte[] all = in.readNBytes(LIMIT + 1);
        if (all.length > LIMIT) {
            throw tooLarge();
        }
        return all;
    }

    /// The request as it was before the client compressed it.
    static HttpRequest plain(OperationSchema operation, HttpRequest request) {
        if (!operation.facts().compressed()) {
            return request;
        }
        Optional<String> encoding = request.headers().get(ENCODING);
        if (encoding.isEmpty() || !encoding.get().toLowerCase(Locale.ROOT).endsWith("gzip")) {
            return request;
        }
        var headers = new Headers();
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(ENCODING)) {
                headers.add(name, value);
            }
        });
        String rest = encoding.get()
                .substring(0, encoding.get().length() - "gzip".length())
                .strip();
        if (!rest.isEmpty()) {
            headers.add(ENCODING, rest.substring(0, rest.length() - 1).strip());
        }
        return new HttpRequest(
                request.method(),
                request.host(),
                request.path(),
                request.query(),
                headers,
                Body.of(OptionalLong.empty(), new Gunzip(request.body())),
                request.peer());
    }

    private static AwsError tooLarge() {
        return TOO_LARGE.because("Request size exceeded " + LIMIT + " bytes");
    }

    /// Opens the compressed body when first read, so that its refusal comes from the reader.
    private static final class Gunzip extends BulkInputStream {
        private final Body compressed;
        private Optional<InputStream> opened = Optional.empty();

        private Gunzip(Body compressed) {
            this.compressed = compressed;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return stream().read(into, offset, length);
            } catch (EOFException e) {
                throw (ZipException) new ZipException("truncated").initCause(e);
            }
        }

        @Override
        public void close() throws IOException {
            stream().close();
        }

        private InputStream stream() throws IOException {
            if (opened.isEmpty()) {
                opened = Optional.of(new GZIPInputStream(compressed.open()));
            }
            return opened.get();
        }
    }
}

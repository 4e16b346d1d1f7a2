package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes inside an `aws-chunked` body. Each chunk's signature is checked once all of it has been read, so a
/// reader may see a chunk whose last read then refuses; memory stays the same however large the body.
final class AwsChunkedStream extends BulkInputStream {
    private static final int BUFFER = 8192;
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_TRAILERS = 32;
    private static final long SMALLEST_CHUNK = 8192;
    private static final String CHUNK_SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final InputStream in;
    private final Framing framing;
    private final Map<String, String> trailers = new HashMap<>();
    private final @Nullable MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;

    private long left;
    private long decoded;
    private long chunk;
    private long chunkSize = SMALLEST_CHUNK;
    private String signature = "";
    private boolean ended;

    /// What the headers say of the framing: how many bytes are inside, whether trailers follow, and how to check
    /// the signatures, where there are some that must be right.
    record Framing(long length, boolean trailers, Optional<ChunkSignatures> signatures) {}

    AwsChunkedStream(InputStream in, Framing framing) {
        this.in = in;
        this.framing = framing;
        this.digest = framing.signatures.isPresent() ? Digests.sha256() : null;
    }

    /// A trailer, by its name in lower case; there once the end has been read.
    Optional<String> trailer(String name) {
        return Optional.ofNullable(trailers.get(name));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            openChunk();
        }
        if (ended) {
            return -1;
        }
        int count = fetch(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw BodyFault.terminated();
        }
        if (digest != null) {
            digest.update(into, offset, count);
        }
        left -= count;
        if (left == 0) {
            closeChunk();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void openChunk() throws IOException {
        String head = line();
        int semicolon = head.indexOf(';');
        long size =
                size(semicolon < 0 ? head.strip() : head.substring(0, semicolon).strip());
        signature = "";
        if (semicolon >= 0 && head.startsWith(CHUNK_SIGNATURE, semicolon + 1)) {
            signature = head.substring(semicolon + 1 + CHUNK_SIGNATURE.length()).strip();
        }
        if (size > 0 && chunkSize < SMALLEST_CHUNK) {
            throw BodyFault.badChunkSize(chunk, chunkSize);
        }
        chunk++;
        chunkSize = size;
        left = size;
        decoded += size;
        if (decoded > framing.length) {
            throw BodyFault.incomplete();
        }
        if (size == 0) {
            end();
        }
    }

    private static long size(String hex) {
        if (hex.isEmpty() || hex.length() > 15) {
            throw BodyFault.terminated();
        }
        long size = 0;
        for (int i = 0; i < hex.length(); i++) {
            int digit = Character.digit(hex.charAt(i), 16);
            if (digit < 0) {
                throw BodyFault.terminated();
            }
            size = size << 4 | digit;
        }
        return size;
    }

    private void closeChunk() throws IOException {
        if (!line().isEmpty()) {
            throw BodyFault.terminated();
        }
        checkChunk();
    }

    private void checkChunk() {
        if (digest == null || framing.signatures.isEmpty()) {
            return;
        }
        framing.signatures.get().checkChunk(digest.digest(), signature);
    }

    private void end() throws IOException {
        ended = true;
        checkChunk();
        if (decoded != framing.length) {
            throw BodyFault.incomplete();
        }
        var signed = new ByteText(128);
        String line = lineOrEnd();
        while (line != null && !line.isEmpty()) {
            readTrailer(line, signed);
            line = lineOrEnd();
        }
        checkTrailers(signed);
    }

    private void readTrailer(String line, ByteText signed) {
        int colon = line.indexOf(':');
        if (!framing.trailers || colon <= 0 || trailers.size() == MOST_TRAILERS) {
            throw BodyFault.malformedTrailer();
        }
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(colon + 1).strip();
        trailers.put(name, value);
        if (!name.equals(TRAILER_SIGNATURE)) {
            signed.add(name).add(':').add(value).add('\n');
        }
    }

    private void checkTrailers(ByteText signed) {
        if (!framing.trailers || framing.signatures.isEmpty()) {
            return;
        }
        String given = trailers.get(TRAILER_SIGNATURE);
        if (given == null) {
            throw BodyFault.malformedTrailer();
        }
        framing.signatures.get().checkTrailers(signed.sha256(), given);
    }

    private String line() throws IOException {
        String line = lineOrEnd();
        if (line == null) {
            throw BodyFault.terminated();
        }
        return line;
    }

    /// The next line without its end, or null where the body is over.
    private @Nullable String lineOrEnd() throws IOException {
        var text = new byte[128];
        int size = 0;
        int next = next();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (size == text.length) {
                text = lengthened(text);
            }
            text[size++] = (byte) next;
            next = next();
        }
        int end = size > 0 && text[size - 1] == '\r' ? size - 1 : size;
        return new String(text, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static byte[] lengthened(byte[] text) {
        if (text.length >= LONGEST_LINE) {
            throw BodyFault.terminated();
        }
        return Arrays.copyOf(text, text.length * 2);
    }

    private int next() throws IOException {
        if (at == limit) {
            limit = in.read(buffer);
            at = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    /// Takes from the buffer what it still has; large reads then go past it.
    private int fetch(byte[] into, int offset, int length) throws IOException {
        if (at == limit) {
            return in.read(into, offset, length);
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, into, offset, count);
        at += count;
        return count;
    }
}

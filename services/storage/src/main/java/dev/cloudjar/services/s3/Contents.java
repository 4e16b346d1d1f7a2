package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Handovers;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.services.s3.Content.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The bytes of objects, on their way in and out: streamed, hashed once, small ones kept in the row and large
/// ones in blobs, encrypted where there is a cipher.
final class Contents {
    /// Bodies up to this size are kept in their row: a file of its own costs more than such a row.
    static final int INLINE = 4096;

    private final Kernel kernel;
    private final Handovers handovers = new Handovers();

    Contents(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Where bytes go through without being kept.
    Handovers handovers() {
        return handovers;
    }

    /// Bytes that have arrived, to be closed once a row names them.
    record Arrived(long size, String etag, Sum checksum, Stored stored, Optional<Blobs.Arrival> held)
            implements AutoCloseable {
        Content content(Optional<Seal> seal) {
            return new Content(size, etag, checksum, stored, "", seal);
        }

        @Override
        public void close() {
            held.ifPresent(Blobs.Arrival::close);
        }
    }

    /// Takes in a body to its end. What is wrong with it is refused on the way, and then nothing is kept.
    Arrived take(Body body, Optional<Hashing> algorithm, Optional<Cipher> cipher) {
        var measured = new MeasuredStream(open(body), algorithm);
        try (measured) {
            byte[] first = measured.readNBytes(INLINE + 1);
            boolean small = first.length <= INLINE;
            InputStream plain = small ? new ByteArrayInputStream(first) : new Rejoined(first, measured);
            Blob nonce = cipher.isPresent() ? Blob.of(kernel.ids().bytes(Cipher.NONCE)) : Blob.EMPTY;
            InputStream kept = cipher.isPresent() ? cipher.get().encrypting(plain, nonce) : plain;
            return small ? inline(kept, nonce, measured) : inBlob(kept, nonce, measured);
        } catch (IOException e) {
            throw incomplete();
        }
    }

    static AwsError incomplete() {
        return Refusals.of(
                "IncompleteBody",
                400,
                "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }

    private static Arrived inline(InputStream kept, Blob nonce, MeasuredStream measured) throws IOException {
        var stored = new Stored(Blob.of(kept.readAllBytes()), Optional.empty(), nonce);
        return new Arrived(measured.size(), measured.md5(), measured.checksum(), stored, Optional.empty());
    }

    private Arrived inBlob(InputStream kept, Blob nonce, MeasuredStream measured) throws IOException {
        Blobs.Arrival arrival = kernel.blobs().put(kept);
        var stored = new Stored(Blob.EMPTY, Optional.of(arrival.ref()), nonce);
        return new Arrived(measured.size(), measured.md5(), measured.checksum(), stored, Optional.of(arrival));
    }

    static InputStream open(Body body) {
        try {
            return body.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The parts of an object that was uploaded so, in order; within a transaction.
    static List<StoredPart> parts(Objects objects, Content content) {
        return content.isInParts()
                ? objects.parts().rows(Span.under(content.upload())).toList()
                : List.of();
    }

    /// `length` bytes of an object from `offset` on. `parts` are all of its parts, if it is in parts.
    Body open(Content content, List<StoredPart> parts, Optional<Cipher> cipher, Bytes range) {
        if (!content.isInParts()) {
            return open(content.stored(), cipher, range);
        }
        List<Body> bodies = new ArrayList<>();
        long at = 0;
        for (StoredPart part : parts) {
            long from = Math.max(range.offset(), at);
            long to = Math.min(range.end(), at + part.size());
            if (from < to) {
                bodies.add(open(part.stored(), cipher, new Bytes(from - at, to - from)));
            }
            at += part.size();
        }
        return bodies.size() == 1
                ? bodies.getFirst()
                : Body.of(OptionalLong.of(range.length()), new Chained(bodies.iterator()));
    }

    Body open(Stored stored, Optional<Cipher> cipher, Bytes range) {
        if (cipher.isPresent()) {
            return cipher.get().decrypted(at -> atRest(stored, at), stored.nonce(), range);
        }
        return atRest(stored, range);
    }

    /// Bytes as they are kept; `range` may end after them.
    private Body atRest(Stored stored, Bytes range) {
        if (stored.blob().isPresent()) {
            Blobs.Ref ref = stored.blob().get();
            return kernel.blobs().open(ref, range.offset(), Math.min(range.length(), ref.size() - range.offset()));
        }
        Blob inline = stored.inline();
        if (range.offset() == 0 && range.length() >= inline.size()) {
            return Body.of(inline);
        }
        int end = (int) Math.min(inline.size(), range.end());
        return Body.of(Blob.of(Arrays.copyOfRange(inline.bytes(), (int) range.offset(), end)));
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM of an object's bytes, segment by segment, so that a range costs its own segments and no more. Each
/// segment has its number in its nonce, so that none can take another's place.
final class Cipher {
    /// The random part of a nonce; the number of the segment follows it.
    static final int NONCE = 8;

    static final int SEGMENT = 1 << 16;

    private static final int TAG = 16;
    private static final int SEALED = SEGMENT + TAG;

    private final SecretKeySpec key;

    Cipher(Blob key) {
        this.key = new SecretKeySpec(key.bytes(), "AES");
    }

    /// The ciphertext of `plain`, as it is read.
    InputStream encrypting(InputStream plain, Blob nonce) {
        return new Segments(number -> {
            byte[] segment = plain.readNBytes(SEGMENT);
            return segment.length == 0 && number > 0
                    ? new byte[0]
                    : apply(javax.crypto.Cipher.ENCRYPT_MODE, nonce, number, segment);
        });
    }

    /// The plaintext of `range`, where `atRest` opens stretches of the ciphertext.
    Body decrypted(Function<Bytes, Body> atRest, Blob nonce, Bytes range) {
        long first = range.offset() / SEGMENT;
        long last = range.length() == 0 ? first : (range.end() - 1) / SEGMENT;
        Body sealed = atRest.apply(new Bytes(first * SEALED, (last - first + 1) * SEALED));
        var stream = new Segments(new Decrypting(sealed, nonce, first, range));
        return Body.of(OptionalLong.of(range.length()), stream);
    }

    private byte[] apply(int mode, Blob nonce, long number, byte[] text) {
        try {
            byte[] iv = ByteBuffer.allocate(NONCE + Integer.BYTES)
                    .put(nonce.bytes())
                    .putInt((int) number)
                    .array();
            var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("an object does not decrypt: its bytes at rest were changed", damaged);
        }
    }

    /// Makes segment after segment; an empty one is the end.
    @FunctionalInterface
    private interface Source {
        byte[] segment(long number) throws IOException;
    }

    private final class Decrypting implements Source {
        private final Body sealed;
        private final Blob nonce;
        private final long first;
        private final Bytes range;
        private InputStream in = InputStream.nullInputStream();

        Decrypting(Body sealed, Blob nonce, long first, Bytes range) {
            this.sealed = sealed;
            this.nonce = nonce;
            this.first = first;
            this.range = range;
        }

        @Override
        public byte[] segment(long number) throws IOException {
            if (number == 0) {
                in = sealed.open();
            }
            byte[] text = in.readNBytes(SEALED);
            if (text.length == 0 || range.length() == 0) {
                in.close();
                return new byte[0];
            }
            byte[] plain = apply(javax.crypto.Cipher.DECRYPT_MODE, nonce, first + number, text);
            long start = (first + number) * SEGMENT;
            int from = (int) Math.max(0, range.offset() - start);
            int to = (int) Math.min(plain.length, range.end() - start);
            return Arrays.copyOfRange(plain, from, to);
        }
    }

    /// Segments as one stream.
    private static final class Segments extends BulkInputStream {
        private final Source source;
        private byte[] segment = new byte[0];
        private int at;
        private long number;
        private boolean ended;

        Segments(Source source) {
            this.source = source;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at == segment.length && !ended) {
                segment = source.segment(number++);
                at = 0;
                ended = segment.length == 0;
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, segment.length - at);
            System.arraycopy(segment, at, into, offset, count);
            at += count;
            return count;
        }
    }
}

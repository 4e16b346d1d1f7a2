package dev.cloudjar.kernel.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// The checksums that S3 knows, each in a header `x-amz-checksum-…` or trailer of that name, in base64.
public enum Hashing {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32),
    SHA512(64),
    MD5(16);

    public static final String PREFIX = "x-amz-checksum-";

    private final int size;
    private final String header;

    Hashing(int size) {
        this.size = size;
        this.header = PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /// A checksum in the making. Belongs to one body.
    public interface Hasher {
        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }

    public String header() {
        return header;
    }

    /// The bytes of a value.
    public int size() {
        return size;
    }

    public static Optional<Hashing> ofHeader(String name) {
        for (Hashing algorithm : values()) {
            if (algorithm.header.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    public Hasher start() {
        return switch (this) {
            case CRC32 -> new Cyclic(new CRC32(), size);
            case CRC32C -> new Cyclic(new CRC32C(), size);
            case CRC64NVME -> new Cyclic(new Crc64Nvme(), size);
            case SHA1 -> new Secure(Digests.named("SHA-1"));
            case SHA256 -> new Secure(Digests.named("SHA-256"));
            case SHA512 -> new Secure(Digests.named("SHA-512"));
            case MD5 -> new Secure(Digests.named("MD5"));
        };
    }

    private record Cyclic(Checksum checksum, int size) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            checksum.update(bytes, offset, length);
        }

        @Override
        public byte[] value() {
            return size == Long.BYTES
                    ? ByteBuffer.allocate(size).putLong(checksum.getValue()).array()
                    : ByteBuffer.allocate(size)
                            .putInt((int) checksum.getValue())
                            .array();
        }
    }

    private record Secure(MessageDigest digest) implements Hasher {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public byte[] value() {
            return digest.digest();
        }
    }
}

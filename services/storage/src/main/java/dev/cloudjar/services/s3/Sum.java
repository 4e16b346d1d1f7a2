package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The checksum that S3 keeps of an object or a part: of all its bytes, or composed of its parts' checksums.
record Sum(String algorithm, String type, String value) {
    static final Sum NONE = new Sum("", "", "");
    static final String FULL_OBJECT = "FULL_OBJECT";
    static final String COMPOSITE = "COMPOSITE";

    private static final String PREFIX = "Checksum";
    private static final String XXHASH = "XXHASH";

    static Sum of(Hashing algorithm, byte[] value) {
        return new Sum(algorithm.name(), FULL_OBJECT, Base64.getEncoder().encodeToString(value));
    }

    boolean isNone() {
        return algorithm.isEmpty();
    }

    Hashing by() {
        return Hashing.valueOf(algorithm);
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(value);
    }

    /// The algorithm called so, in whatever case, if S3 computes it.
    static Optional<Hashing> named(String name) {
        for (Hashing algorithm : Hashing.values()) {
            if (algorithm.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The algorithm that an input names, in its own member or by giving a checksum made with it.
    static Optional<Hashing> asked(Asked in) {
        Optional<String> named = in.filled("ChecksumAlgorithm");
        if (named.isPresent()) {
            return Optional.of(named(named.get()).orElseThrow(() -> unknown(named.get())));
        }
        for (Hashing algorithm : Hashing.values()) {
            if (in.has(PREFIX + algorithm.name())) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    private static AwsError unknown(String name) {
        return name.regionMatches(true, 0, XXHASH, 0, XXHASH.length())
                ? Refusals.of(
                        "NotImplemented", 501, "A header you provided implies functionality that is not implemented")
                : Refusals.request(
                        "Checksum algorithm provided is unsupported. Please try again with any of the valid types:"
                                + " [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3,"
                                + " XXHASH64]");
    }

    /// The checksum by this algorithm that an input or a part of it gives.
    static Optional<String> given(Hashing algorithm, Asked in) {
        return in.filled(PREFIX + algorithm.name());
    }

    /// Puts the value where an answer has a member for it, and the type.
    void into(Struct out) {
        if (!isNone()) {
            out.shape().member(PREFIX + algorithm).ifPresent(member -> out.set(member, value));
            out.shape().member("ChecksumType").ifPresent(member -> out.set(member, type));
        }
    }
}

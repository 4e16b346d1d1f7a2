package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Hashing.Hasher;
import dev.cloudjar.model.AwsError;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/// One promise about a body, kept or broken once all of it has been seen. Belongs to one body.
final class BodyCheck {
    private final Hasher hasher;
    private final Supplier<byte[]> expected;
    private final Function<byte[], AwsError> refusal;

    /// `expected` is asked at the end, for trailers come last; `refusal` is told what was found instead.
    BodyCheck(Hasher hasher, Supplier<byte[]> expected, Function<byte[], AwsError> refusal) {
        this.hasher = hasher;
        this.expected = expected;
        this.refusal = refusal;
    }

    void update(byte[] bytes, int offset, int length) {
        hasher.update(bytes, offset, length);
    }

    void finish() {
        byte[] found = hasher.value();
        if (!Arrays.equals(found, expected.get())) {
            throw refusal.apply(found);
        }
    }
}

package dev.cloudjar.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows that were decoded a short while ago, known again by the very bytes from which they came: who reads the same
/// version of a row again gets the same object.
final class Recall<V> {
    private static final int PLACES = 128;

    private record Known<V>(byte[] bytes, V row) {}

    private final AtomicReferenceArray<@Nullable Known<V>> places = new AtomicReferenceArray<>(PLACES);

    /// The row of which the store has `bytes` at `key`.
    V row(byte[] key, byte[] bytes, Function<byte[], V> decode) {
        int place = Arrays.hashCode(key) & PLACES - 1;
        Known<V> known = places.getAcquire(place);
        if (known == null || known.bytes() != bytes) {
            known = new Known<>(bytes, decode.apply(bytes));
            places.setRelease(place, known);
        }
        return known.row();
    }
}

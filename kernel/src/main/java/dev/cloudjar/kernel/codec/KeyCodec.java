package dev.cloudjar.kernel.codec;

import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Keys as bytes that sort as the keys do. A key is a string, a whole number, an instant, bytes, or a record of
/// such, which sorts by its components in order. An `int` is written as the `long` it equals.
public final class KeyCodec {
    private final Out out = new Out();

    private KeyCodec() {}

    /// `prefix` followed by `parts`.
    public static byte[] encode(byte[] prefix, Object... parts) {
        var codec = new KeyCodec();
        codec.out.raw(prefix);
        for (Object part : parts) {
            codec.part(part);
        }
        return codec.out.toBytes();
    }

    /// Whether the keys of `rows`, which have a component `key` or a method that makes it, begin with a `first`.
    public static boolean beginsWith(Class<?> rows, Class<?> first) {
        try {
            Class<?> key = rows.getMethod("key").getReturnType();
            return key == first
                    || key.isRecord()
                            && key.getRecordComponents().length > 0
                            && key.getRecordComponents()[0].getType() == first;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(rows + " has no key", e);
        }
    }

    private void part(Object part) {
        switch (part) {
            case String text -> bytes(text.getBytes(StandardCharsets.UTF_8));
            case Blob blob -> bytes(blob.bytes());
            case Long number -> out.fixed(number ^ Long.MIN_VALUE);
            case Integer number -> out.fixed(number ^ Long.MIN_VALUE);
            case Instant instant -> {
                out.fixed(instant.getEpochSecond() ^ Long.MIN_VALUE);
                out.fixed(instant.getNano());
            }
            case Enum<?> value -> bytes(value.name().getBytes(StandardCharsets.UTF_8));
            case java.lang.Record composite -> {
                for (Object component : Components.of(composite.getClass()).values(composite)) {
                    part(component);
                }
            }
            default -> throw new IllegalArgumentException("no key order is known for " + part.getClass());
        }
    }

    /// Zero bytes are doubled up as 0 FF and the end is 0 1, so that a prefix sorts before what continues it.
    private void bytes(byte[] bytes) {
        int plain = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                out.raw(bytes, plain, i + 1);
                out.one(0xFF);
                plain = i + 1;
            }
        }
        out.raw(bytes, plain, bytes.length);
        out.one(0);
        out.one(1);
    }
}

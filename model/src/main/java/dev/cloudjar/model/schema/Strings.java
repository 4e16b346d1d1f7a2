package dev.cloudjar.model.schema;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The strings of a schema, each made when first asked for.
final class Strings {
    static final Strings NONE = new Strings(new byte[0], new int[1]);

    private final byte[] bytes;
    private final int[] starts;
    private final @Nullable String[] made;

    private Strings(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
        this.made = new @Nullable String[starts.length - 1];
    }

    /// Reads the table at which `in` stands and leaves `in` behind it.
    static Strings read(byte[] bytes, ByteReader in) {
        int count = in.number();
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i + 1] = in.number();
        }
        starts[0] = in.at();
        for (int i = 0; i < count; i++) {
            starts[i + 1] += starts[i];
        }
        in.skip(starts[count] - starts[0]);
        return new Strings(bytes, starts);
    }

    static void write(Collection<String> strings, ByteWriter out) {
        out.number(strings.size());
        strings.forEach(s -> out.number(s.getBytes(StandardCharsets.UTF_8).length));
        strings.forEach(s -> out.bytes(s.getBytes(StandardCharsets.UTF_8)));
    }

    /// Two threads may both make a string; they are equal, and a string is safe to publish in a race.
    String get(int index) {
        String known = made[index];
        if (known == null) {
            known = new String(bytes, starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8);
            made[index] = known;
        }
        return known;
    }
}

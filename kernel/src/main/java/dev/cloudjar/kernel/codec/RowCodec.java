package dev.cloudjar.kernel.codec;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.zip.CRC32;

/// Writes rows of one record class and reads them again, also those written when the class had other components.
///
/// A row is four bytes that name its description, then its components. The description is kept once in the store:
/// by it, old rows find their components' names.
public final class RowCodec<V> {
    private final Class<V> type;
    private final RecordForm form;
    private final String description;
    private final int fingerprint;
    private final Map<Integer, Form> older = new ConcurrentHashMap<>();

    public RowCodec(Class<V> type) {
        this.type = type;
        this.form = RecordForm.of(type, Set.of());
        this.description = form.description();
        this.fingerprint = fingerprint(description);
    }

    private static int fingerprint(String description) {
        var crc = new CRC32();
        crc.update(description.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /// The names and forms of the components, to be kept with the rows.
    public String description() {
        return description;
    }

    /// What rows carry to say which description they follow.
    public int fingerprint() {
        return fingerprint;
    }

    public byte[] encode(V row) {
        var out = new Out();
        out.fixed(fingerprint);
        form.write(out, row);
        return out.toBytes();
    }

    /// Reads a row; `descriptions` finds the kept description of an older fingerprint.
    public V decode(byte[] bytes, IntFunction<String> descriptions) {
        var in = new In(bytes);
        int written = in.fixedInt();
        Form as = written == fingerprint
                ? form
                : older.computeIfAbsent(written, f -> FormParser.parse(descriptions.apply(f), type));
        return type.cast(as.read(in));
    }
}

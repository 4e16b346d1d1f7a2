package dev.cloudjar.model.schema;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes numbers in seven-bit groups and strings as their place in a table that all blocks of a schema share.
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Integer> strings;

    ByteWriter() {
        this(new LinkedHashMap<>());
    }

    private ByteWriter(Map<String, Integer> strings) {
        this.strings = strings;
    }

    /// A writer of another block over the same strings.
    ByteWriter block() {
        return new ByteWriter(strings);
    }

    Collection<String> strings() {
        return strings.keySet();
    }

    void number(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    void text(String value) {
        Integer known = strings.putIfAbsent(value, strings.size());
        number(known == null ? strings.size() - 1 : known);
    }

    void optional(Optional<String> value) {
        if (value.isEmpty()) {
            number(0);
            return;
        }
        strings.putIfAbsent(value.get(), strings.size());
        number(strings.getOrDefault(value.get(), 0) + 1);
    }

    void texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
    }

    void bytes(byte[] bytes) {
        out.writeBytes(bytes);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}

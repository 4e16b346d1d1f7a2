package dev.cloudjar.model.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what [ByteWriter] wrote, from one place of a schema on.
final class ByteReader {
    private final byte[] bytes;
    private final Strings strings;
    private int at;

    ByteReader(byte[] bytes, int at, Strings strings) {
        this.bytes = bytes;
        this.at = at;
        this.strings = strings;
    }

    /// A reader that stands where this one does and moves by itself.
    ByteReader copy() {
        return new ByteReader(bytes, at, strings);
    }

    int at() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    int number() {
        int value = 0;
        int shift = 0;
        while (true) {
            int next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    String text() {
        return strings.get(number());
    }

    Optional<String> optional() {
        int place = number();
        return place == 0 ? Optional.empty() : Optional.of(strings.get(place - 1));
    }

    List<String> texts() {
        int count = number();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(text());
        }
        return List.copyOf(values);
    }
}

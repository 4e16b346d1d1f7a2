package dev.cloudjar.services.s3.select;

import dev.cloudjar.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The records of a file of JSON: of each value in it, what lies at the end of the query's path.
public final class JsonRows implements Rows {
    /// A document may be longer than a record, yet has to fit into memory.
    private static final int LONGEST_DOCUMENT = 16 * LONGEST;

    private final ByteSource source;
    private final Path path;
    private final int longest;
    private final long end;
    private final Queue<Row> found = new ArrayDeque<>();
    private byte[] text = new byte[4096];
    private int length;

    /// Values that begin before `end`, a place in `in`.
    public JsonRows(InputStream in, Query query, boolean document, long end) {
        this.source = new ByteSource(in);
        this.path = query.source();
        this.longest = document ? LONGEST_DOCUMENT : LONGEST;
        this.end = end;
    }

    /// Leaves out what remains of the line that began before.
    public void skipRest() throws IOException {
        int c = source.read();
        while (c >= 0 && c != '\n') {
            c = source.read();
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        while (found.isEmpty()) {
            if (source.position() >= end || !readValue()) {
                return null;
            }
            path.all(parsed(Utf8Text.of(text, length))).forEach(value -> found.add(new JsonRow(value)));
        }
        return found.poll();
    }

    /// Reads the text of the next value; false at the end.
    private boolean readValue() throws IOException {
        length = 0;
        int c = source.read();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = source.read();
        }
        if (c < 0) {
            return false;
        }
        add(c);
        if (c == '{' || c == '[') {
            readNested();
        } else if (c == '"') {
            readText();
        } else {
            for (c = source.read(); c > ' '; c = source.read()) {
                add(c);
            }
        }
        return true;
    }

    private void readNested() throws IOException {
        for (int depth = 1; depth > 0; ) {
            int c = required();
            add(c);
            switch (c) {
                case '"' -> readText();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        }
    }

    private void readText() throws IOException {
        int c = 0;
        while (c != '"') {
            c = required();
            add(c);
            if (c == '\\') {
                add(required());
            }
        }
    }

    private int required() throws IOException {
        int c = source.read();
        if (c < 0) {
            throw Fault.JSON_PARSING.error();
        }
        return c;
    }

    private void add(int c) {
        if (length == longest) {
            throw Fault.OVER_MAX_RECORD_SIZE.error();
        }
        if (length == text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = (byte) c;
    }

    private static Object parsed(String value) {
        Map<String, @Nullable Object> holder =
                Json.exact("{\"_1\":" + value + "}").orElseThrow(Fault.JSON_PARSING::error);
        return present(holder.get("_1"));
    }

    /// The value with [Absent#NULL] wherever it is null.
    private static Object present(@Nullable Object value) {
        return switch (value) {
            case null -> Absent.NULL;
            case Map<?, ?> map -> {
                Map<String, Object> members = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, member) -> members.put((String) name, present(member)));
                yield members;
            }
            case List<?> list -> list.stream().map(JsonRows::present).toList();
            default -> value;
        };
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /// One value; where it is no object it is its own and only column.
    record JsonRow(Object value) implements Row {
        private static final String ONLY = "_1";

        @Override
        public Object column(String name, boolean exact) {
            return value instanceof Map<?, ?> map
                    ? Path.member(map, name, exact)
                    : name.equals(ONLY) ? value : Absent.MISSING;
        }

        @Override
        public Map<String, Object> columns() {
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> columns = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, member) -> columns.put((String) name, member));
                return columns;
            }
            return value == Absent.MISSING ? Map.of() : Map.of(ONLY, value);
        }
    }
}

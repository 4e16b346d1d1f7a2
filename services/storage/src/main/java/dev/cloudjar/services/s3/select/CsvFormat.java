package dev.cloudjar.services.s3.select;

import java.nio.charset.StandardCharsets;

/// How a CSV file is written: by default commas, lines, and quotes that are doubled within quotes.
public record CsvFormat(Marks marks, String headers, boolean quotedDelimiters) {
    public static final String NO_HEADERS = "NONE";
    public static final String USE_HEADERS = "USE";
    public static final String IGNORE_HEADERS = "IGNORE";

    /// The marks; `comment` begins a line that says nothing.
    public record Marks(String field, String record, String quote, String escape, String comment) {
        public static final Marks USUAL = new Marks(",", "\n", "\"", "\"", "#");

        static byte[] bytes(String mark) {
            return mark.getBytes(StandardCharsets.UTF_8);
        }

        static int single(String mark) {
            return mark.isEmpty() ? -1 : bytes(mark)[0];
        }
    }
}

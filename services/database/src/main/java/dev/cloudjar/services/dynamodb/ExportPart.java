package dev.cloudjar.services.dynamodb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// A data file of an export as it fills: lines that are compressed as they come.
final class ExportPart {
    private static final int MOST_LINES = 50_000;
    private static final long LARGEST = 16L << 20;

    private final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    private final GZIPOutputStream out;
    private int lines;
    private long bytes;

    ExportPart() {
        try {
            this.out = new GZIPOutputStream(zipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(String line) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        lines++;
        bytes += text.length;
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFull() {
        return lines >= MOST_LINES || bytes >= LARGEST;
    }

    int lines() {
        return lines;
    }

    /// How many bytes there are, before they are compressed.
    long bytes() {
        return bytes;
    }

    /// The file; no line comes after this.
    byte[] finished() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}

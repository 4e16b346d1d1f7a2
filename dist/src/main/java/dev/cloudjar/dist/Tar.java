package dev.cloudjar.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// The tar format (POSIX ustar, with GNU's long names): everything belongs to root and was made at one instant.
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private final OutputStream out;
    private final long seconds;

    private Tar(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /// Writes `tree`, made at `seconds` since 1970. Each path begins with `prefix`.
    static void write(Tree tree, String prefix, long seconds, OutputStream out) throws IOException {
        var tar = new Tar(out, seconds);
        for (var entry : tree.nodes().entrySet()) {
            tar.node(prefix + entry.getKey(), entry.getValue());
        }
        out.write(new byte[2 * BLOCK]);
    }

    static void gzip(Tree tree, String prefix, long seconds, Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            write(tree, prefix, seconds, out);
        }
    }

    static byte[] gzip(Tree tree, String prefix, long seconds) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            write(tree, prefix, seconds, out);
        }
        return bytes.toByteArray();
    }

    private void node(String path, Tree.Node node) throws IOException {
        switch (node) {
            case Tree.Node.Folder folder -> header(path + "/", "", folder.mode(), 0, '5');
            case Tree.Node.Link link -> header(path, link.target(), link.mode(), 0, '2');
            case Tree.Node.Contents contents -> {
                header(path, "", contents.mode(), Files.size(contents.file()), '0');
                pad(Files.copy(contents.file(), out));
            }
            case Tree.Node.Text text -> {
                header(path, "", text.mode(), text.bytes().length, '0');
                out.write(text.bytes());
                pad(text.bytes().length);
            }
        }
    }

    private void header(String name, String link, int mode, long size, char type) throws IOException {
        longName(link, 'K');
        longName(name, 'L');
        byte[] block = new byte[BLOCK];
        text(block, 0, NAME, name);
        octal(block, 100, 8, mode);
        octal(block, 108, 8, 0);
        octal(block, 116, 8, 0);
        octal(block, 124, 12, size);
        octal(block, 136, 12, seconds);
        Arrays.fill(block, 148, 156, (byte) ' ');
        block[156] = (byte) type;
        text(block, 157, NAME, link);
        text(block, 257, 8, "ustar  ");
        text(block, 265, 32, "root");
        text(block, 297, 32, "root");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        octal(block, 148, 7, sum);
        out.write(block);
    }

    /// GNU's way to say what does not fit into a header: a file before it.
    private void longName(String name, char type) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > NAME) {
            header("././@LongLink", "", 0644, bytes.length + 1, type);
            out.write(bytes);
            out.write(0);
            pad(bytes.length + 1L);
        }
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private static void text(byte[] block, int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, length));
    }

    private static void octal(byte[] block, int at, int length, long number) {
        String digits = Long.toOctalString(number);
        text(block, at, length, "0".repeat(length - 1 - digits.length()) + digits);
    }
}

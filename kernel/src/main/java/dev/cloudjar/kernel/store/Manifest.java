package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A small file of lines that is there whole or not at all: what it is and its version, a word and its values a
/// line, and a checksum.
final class Manifest {
    static final String UNFINISHED = ".new";

    private static final String CHECK = "check ";

    private Manifest() {}

    /// Writes `lines` to `file`, and returns once the disk has it under its name.
    static void write(Folder folder, String file, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        byte[] bytes = (text + CHECK + check(text) + "\n").getBytes(StandardCharsets.UTF_8);
        try (Disk disk = folder.open(file + UNFINISHED)) {
            disk.truncate(0);
            disk.writeAll(ByteBuffer.wrap(bytes), 0);
            disk.force();
        }
        folder.move(file + UNFINISHED, file);
        folder.force();
    }

    /// The lines of `file`, of which the first must be one of `headings`.
    static List<String> read(Folder folder, String file, String... headings) throws IOException {
        String text;
        try (Disk disk = folder.read(file)) {
            text = new String(disk.bytes(0, Math.toIntExact(disk.size())).array(), StandardCharsets.UTF_8);
        }
        if (Arrays.stream(headings).noneMatch(heading -> text.startsWith(heading + "\n"))) {
            throw new StoreException(
                    folder.path(file) + " was not written by a version of Cloudjar that this one knows");
        }
        int end = text.lastIndexOf(CHECK);
        if (end < 0 || !text.substring(end).equals(CHECK + check(text.substring(0, end)) + "\n")) {
            throw new StoreException(folder.path(file) + " is damaged: its checksum does not match. Nothing has been"
                    + " changed; ./cloudjar doctor shows what can be read.");
        }
        return new ArrayList<>(text.substring(0, end).lines().toList());
    }

    private static String check(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(Large.check(bytes, 0, bytes.length));
    }
}

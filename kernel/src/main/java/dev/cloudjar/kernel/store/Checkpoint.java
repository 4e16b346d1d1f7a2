package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// All rows as they were after transaction `sequence`, in files of their own. What came later stands in the
/// journal from file number `journal` on.
record Checkpoint(long sequence, int journal, List<Part> parts) {
    /// Before the first transaction.
    static final Checkpoint NONE = new Checkpoint(0, 1, List.of());

    static final String SUFFIX = ".checkpoint";

    private static final String HEADING = "cloudjar checkpoint 1";

    String file() {
        return String.format(Locale.ROOT, "%019d%s", sequence, SUFFIX);
    }

    long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    void write(Folder folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADING, "sequence " + sequence, "journal " + journal));
        lines.addAll(lines(parts));
        Manifest.write(folder, file(), lines);
    }

    static Checkpoint read(Folder folder, String file) throws IOException {
        List<String> lines = Manifest.read(folder, file, HEADING);
        return new Checkpoint(
                Long.parseLong(value(lines.get(1))),
                Integer.parseInt(value(lines.get(2))),
                parts(lines.subList(3, lines.size())));
    }

    static String value(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    static List<String> lines(List<Part> parts) {
        return parts.stream()
                .map(part -> String.join(
                        " ",
                        "part",
                        part.file(),
                        Long.toString(part.rows()),
                        Long.toString(part.size()),
                        HexFormat.of().formatHex(part.first())))
                .toList();
    }

    static List<Part> parts(List<String> lines) {
        return lines.stream()
                .map(line -> line.split(" ", -1))
                .map(words -> new Part(
                        words[1],
                        HexFormat.of().parseHex(words[4]),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3])))
                .toList();
    }
}

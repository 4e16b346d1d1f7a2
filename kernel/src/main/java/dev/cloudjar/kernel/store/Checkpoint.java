package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// All rows as they were after transaction `sequence`, in files of their own. What came later stands in the
/// journal from file number `journal` on.
///
/// While one is written, there are stages of it that count already, so that what they replace can go: some of
/// their parts are older, and become what they were after `sequence` once the journal since transaction `since`
/// has been read over all of them.
///
/// @param stage which stage it is, from 1 on; 0 where it is finished
record Checkpoint(long sequence, long since, int stage, int journal, List<Part> parts) {
    /// Before the first transaction.
    static final Checkpoint NONE = new Checkpoint(0, 1, List.of());

    static final String SUFFIX = ".checkpoint";

    private static final String FINISHED = "cloudjar checkpoint 1";
    private static final String STAGE = "cloudjar checkpoint 2";

    /// A finished one.
    Checkpoint(long sequence, int journal, List<Part> parts) {
        this(sequence, sequence, 0, journal, parts);
    }

    boolean finished() {
        return stage == 0;
    }

    /// The next stage on the way from this one to that after transaction `to`, with `mixed` parts.
    Checkpoint towards(long to, List<Part> mixed) {
        return new Checkpoint(to, since, to == sequence ? stage + 1 : 1, journal, mixed);
    }

    /// By its name, a finished one comes after its stages.
    String file() {
        String step = finished() ? "" : String.format(Locale.ROOT, "-%06d", stage);
        return String.format(Locale.ROOT, "%019d%s%s", sequence, step, SUFFIX);
    }

    long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    void write(Folder folder) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(finished() ? FINISHED : STAGE);
        lines.add("sequence " + sequence);
        lines.add("journal " + journal);
        if (!finished()) {
            lines.add("since " + since);
            lines.add("stage " + stage);
        }
        lines.addAll(lines(parts));
        Manifest.write(folder, file(), lines);
    }

    static Checkpoint read(Folder folder, String file) throws IOException {
        List<String> lines = Manifest.read(folder, file, FINISHED, STAGE);
        long sequence = Long.parseLong(value(lines.get(1)));
        int journal = Integer.parseInt(value(lines.get(2)));
        if (lines.getFirst().equals(FINISHED)) {
            return new Checkpoint(sequence, journal, parts(lines.subList(3, lines.size())));
        }
        long since = Long.parseLong(value(lines.get(3)));
        int stage = Integer.parseInt(value(lines.get(4)));
        return new Checkpoint(sequence, since, stage, journal, parts(lines.subList(5, lines.size())));
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

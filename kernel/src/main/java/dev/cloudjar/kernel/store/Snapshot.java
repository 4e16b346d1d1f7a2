package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A version of all rows that somebody has named. It is a place in the journal at first, and gets files of its
/// own before the journal forgets that place.
///
/// @param parts the files, where it has its own
/// @param tree the rows, for as long as it has no files
record Snapshot(
        String name,
        Facts facts,
        Optional<List<Part>> parts,
        @Nullable Tree tree) {
    /// What is known of a snapshot without reading it; `note` is the caller's.
    record Facts(long sequence, long rows, long bytes, String note) {}

    static final String SUFFIX = ".snapshot";

    private static final String HEADING = "cloudjar snapshot 1";
    private static final String PENDING = "pending";

    static boolean named(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") && !name.endsWith(Manifest.UNFINISHED);
    }

    boolean pending() {
        return parts.isEmpty();
    }

    String file() {
        return name + SUFFIX;
    }

    Snapshot in(List<Part> files) {
        return new Snapshot(name, facts, Optional.of(files), null);
    }

    Snapshot of(Tree rows) {
        return new Snapshot(name, facts, parts, rows);
    }

    void write(Folder folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                HEADING,
                "sequence " + facts.sequence(),
                "rows " + facts.rows(),
                "bytes " + facts.bytes(),
                "note " + facts.note()));
        lines.addAll(parts.map(Checkpoint::lines).orElse(List.of(PENDING)));
        Manifest.write(folder, file(), lines);
    }

    static Snapshot read(Folder folder, String file) throws IOException {
        List<String> lines = Manifest.read(folder, file, HEADING);
        List<String> rest = lines.subList(5, lines.size());
        Optional<List<Part>> parts =
                rest.equals(List.of(PENDING)) ? Optional.empty() : Optional.of(Checkpoint.parts(rest));
        var facts = new Facts(
                Long.parseLong(Checkpoint.value(lines.get(1))),
                Long.parseLong(Checkpoint.value(lines.get(2))),
                Long.parseLong(Checkpoint.value(lines.get(3))),
                Checkpoint.value(lines.get(4)));
        return new Snapshot(file.substring(0, file.length() - SUFFIX.length()), facts, parts, null);
    }
}

package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the journal's records again, those that are kept.
record History(Folder folder) {
    /// Gives the payloads after `after` up to `until` to `sink`, from those in the files from number `journal`
    /// on.
    void read(int journal, long after, long until, JournalReader.Sink sink) throws IOException {
        if (after < until) {
            read(Journal.numbers(folder, journal), after, until, sink);
        }
    }

    /// Gives all payloads after `after` to `sink`, as far as no file is missing.
    void readUpToGap(int journal, long after, JournalReader.Sink sink) throws IOException {
        List<Integer> there = new ArrayList<>();
        Set<String> names = Set.copyOf(folder.names());
        for (int number = journal; names.contains(Journal.name(number)); number++) {
            there.add(number);
        }
        read(there, after, Long.MAX_VALUE, sink);
    }

    private void read(List<Integer> numbers, long after, long until, JournalReader.Sink sink) throws IOException {
        long[] last = {0};
        for (int number : numbers) {
            String file = Journal.name(number);
            try (Disk disk = folder.read(file)) {
                var reader = new JournalReader(folder, file, disk, last[0]);
                reader.replay((payload, place) -> {
                    long sequence = Record.sequence(payload);
                    last[0] = sequence;
                    boolean wanted = sequence > after && sequence <= until;
                    return (!wanted || sink.accept(payload, place)) && sequence < until;
                });
            }
            if (last[0] >= until) {
                return;
            }
        }
    }
}

package dev.cloudjar.kernel.store;

import java.io.IOException;

/// Reads the journal's records again, those that are kept.
record History(Folder folder) {
    /// Gives the payloads after `after` up to `until` to `sink`, from those in the files from number `journal`
    /// on.
    void read(int journal, long after, long until, JournalReader.Sink sink) throws IOException {
        if (after >= until) {
            return;
        }
        long[] last = {0};
        for (int number : Journal.numbers(folder, journal)) {
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

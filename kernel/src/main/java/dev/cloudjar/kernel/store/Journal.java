package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The journal: numbered files one after the other, of which the last is written to. A checkpoint begins a new
/// file, so that those before it can go.
final class Journal implements AutoCloseable {
    private static final String SUFFIX = ".journal";

    private final Folder folder;
    private final boolean fsync;
    private int number;
    private JournalFile last;
    private Optional<JournalFile> next = Optional.empty();
    private final List<JournalFile> sealed = new ArrayList<>();
    private volatile long before;
    private volatile boolean stopped;

    private Journal(Folder folder, boolean fsync, int number, JournalFile last, long before) {
        this.folder = folder;
        this.fsync = fsync;
        this.number = number;
        this.last = last;
        this.before = before;
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "%08d%s", number, SUFFIX);
    }

    static boolean isJournal(String name) {
        return name.endsWith(SUFFIX);
    }

    static int number(String name) {
        return Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
    }

    /// The numbers of the files from `first` on, in order; an exception where one is missing between others.
    static List<Integer> numbers(Folder folder, int first) throws IOException {
        List<Integer> there = folder.names().stream()
                .filter(Journal::isJournal)
                .map(Journal::number)
                .filter(number -> number >= first)
                .sorted()
                .toList();
        for (int i = 0; i < there.size(); i++) {
            if (there.get(i) != first + i) {
                throw missing(folder, first + i);
            }
        }
        return there;
    }

    private static StoreException missing(Folder folder, int number) {
        return new StoreException("The file " + folder.path(name(number)) + " is missing. Nothing has been"
                + " changed; restore it from a copy, or see what ./cloudjar doctor can save.");
    }

    /// Opens the files from number `first` on, or begins the first, and gives all that they hold to `sink`. The
    /// record before has the number `sequence`, unless that is 0.
    static Journal open(
            Folder folder, int first, Durability durability, JournalReader.Sink sink, Consumer<String> report)
            throws IOException {
        boolean fsync = durability == Durability.FSYNC;
        List<Integer> numbers = new ArrayList<>(numbers(folder, first));
        if (numbers.isEmpty()) {
            if (folder.names().stream()
                    .anyMatch(name -> name.endsWith(Depot.PART) || name.endsWith(Checkpoint.SUFFIX))) {
                throw missing(folder, first);
            }
            numbers.add(first);
            folder.open(name(first)).close();
        }
        long[] sound = new Reading(folder, report).read(numbers, sink);
        long before = 0;
        for (int i = 0; i < sound.length - 1; i++) {
            JournalFile.open(folder, name(numbers.get(i)), fsync, sound[i]).close();
            before += sound[i];
        }
        int number = numbers.getLast();
        JournalFile last = JournalFile.open(folder, name(number), fsync, sound[sound.length - 1]);
        return new Journal(folder, fsync, number, last, before);
    }

    /// One reading of files in turn. A crash may have left the last record unfinished, and behind it a file that
    /// was not written to yet.
    private static final class Reading {
        private final Folder folder;
        private final Consumer<String> report;
        private long sequence;
        private Optional<JournalReader> torn = Optional.empty();

        Reading(Folder folder, Consumer<String> report) {
            this.folder = folder;
            this.report = report;
        }

        /// Where the sound part of each file ends.
        long[] read(List<Integer> numbers, JournalReader.Sink sink) throws IOException {
            long[] sound = new long[numbers.size()];
            for (int i = 0; i < sound.length; i++) {
                sound[i] = read(name(numbers.get(i)), sink);
            }
            return sound;
        }

        private long read(String file, JournalReader.Sink sink) throws IOException {
            try (Disk disk = folder.read(file)) {
                var reader = new JournalReader(folder, file, disk, sequence);
                long sound = reader.replay((payload, place) -> {
                    torn.ifPresent(earlier -> {
                        throw earlier.damaged("its end is missing, although it goes on in another file");
                    });
                    return sink.accept(payload, place);
                });
                sequence = reader.sequence();
                if (sound > 0 && sound < reader.size()) {
                    report.accept("The last write to " + folder.path(file) + " was cut short by a crash: "
                            + (reader.size() - sound) + " bytes that nobody was told of have been removed.");
                    torn = Optional.of(reader);
                }
                return sound;
            }
        }
    }

    /// Adds a group of records and answers where it stands.
    Large.Place append(ByteBuffer group) throws IOException {
        if (stopped) {
            throw new IOException("the disk failed in the midst of a change; restart Cloudjar");
        }
        long at = last.end();
        last.append(group);
        return new Large.Place(folder, name(number), at);
    }

    /// Makes the next file, while the present one is still written to, and has the disk take most of that.
    void prepare() throws IOException {
        if (next.isEmpty()) {
            next = Optional.of(JournalFile.open(folder, name(number + 1), fsync, 0));
        }
        last.sync();
    }

    /// Goes on in the next file and answers its number. Nobody may append meanwhile, so this is short; what the
    /// disk does not have yet of the file before waits for [#settle].
    int roll() throws IOException {
        JournalFile ended = last;
        ended.seal();
        last = next.orElseThrow();
        next = Optional.empty();
        number++;
        before += ended.end();
        sealed.add(ended);
        return number;
    }

    /// Returns once the disk has the files before the present one.
    void settle() throws IOException {
        while (!sealed.isEmpty()) {
            sealed.getFirst().close();
            sealed.removeFirst();
        }
    }

    int number() {
        return number;
    }

    /// How long all files are that the next start has to read.
    long size() {
        return before + last.end();
    }

    /// Says that the next start does not need the files before the present one.
    void forget() {
        before = 0;
    }

    /// From now on nothing is written: what the files say of the last change is not known.
    void stop() {
        stopped = true;
    }

    @Override
    public void close() throws IOException {
        try {
            settle();
            last.close();
        } finally {
            if (next.isPresent()) {
                next.get().close();
            }
        }
    }
}

package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.OriginCodec;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.kernel.store.Version;
import dev.cloudjar.kernel.store.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// The versions of a world: named, loaded, carried elsewhere, compared, and found again in the journal.
public final class Snapshots {
    /// The name under which the present is compared.
    public static final String NOW = "now";

    /// A snapshot: what time it was in the world when it was made, and how much it holds.
    public record Saved(String name, Instant at, long sequence, long rows, long bytes) {}

    private final World world;
    private final Versions versions;

    Snapshots(World world, Versions versions) {
        this.world = world;
        this.versions = versions;
    }

    /// Names the present. It costs the same however much there is.
    public Saved save(String name) {
        checkName(name);
        return saved(versions.save(name, world.time().now().toString()));
    }

    private static void checkName(String name) {
        if (name.equals(NOW)) {
            throw new IllegalArgumentException("'" + NOW + "' is the present; choose another name.");
        }
    }

    private static Saved saved(Versions.Saved saved) {
        return new Saved(saved.name(), Instant.parse(saved.note()), saved.sequence(), saved.rows(), saved.bytes());
    }

    public List<Saved> list() {
        return versions.saved().stream().map(Snapshots::saved).toList();
    }

    public Saved find(String name) {
        return list().stream()
                .filter(saved -> saved.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no snapshot '" + name + "'."));
    }

    public boolean delete(String name) {
        return versions.delete(name);
    }

    /// The rows of a snapshot, or those of the present under the name [#NOW].
    public Version version(String name) {
        return name.equals(NOW) ? versions.now() : versions.saved(name);
    }

    /// Makes a snapshot the present, with the clock at the pace that it had then.
    public void load(String name) {
        Version before = versions.now();
        versions.load(name);
        world.reloaded(before);
    }

    /// How `after` differs from `before`.
    public Diff diff(String before, String after) {
        return Diff.between(world, version(before), version(after));
    }

    /// Names the state after transaction number `sequence`, as far back as the journal goes.
    public Saved replay(long sequence, String name) {
        checkName(name);
        Version then = versions.at(sequence);
        Instant[] at = {world.time().now()};
        versions.journal(Math.max(versions.oldest(), sequence - 1), entry -> {
            at[0] = OriginCodec.read(entry.origin()).at();
            return false;
        });
        return saved(versions.save(name, at[0].toString(), then));
    }

    /// The number of the last transaction that had been made when the world's clock said `then`.
    public long sequenceAt(Instant then) {
        long[] last = {-1};
        versions.journal(versions.oldest(), entry -> {
            if (!OriginCodec.read(entry.origin()).at().isAfter(then)) {
                last[0] = entry.sequence();
            }
            return true;
        });
        if (last[0] < 0) {
            throw new IllegalArgumentException("The journal does not go back to " + then + ".");
        }
        return last[0];
    }

    /// The first transaction that [#journal] shows and [#replay] can go back to.
    public long oldest() {
        return versions.oldest();
    }

    /// Gives the committed calls after number `after` to `each`, as long as it answers true.
    public void journal(long after, Predicate<JournalEntry> each) {
        var vocabulary = new Vocabulary(world);
        versions.journal(Math.max(after, versions.oldest()), entry -> each.test(entry(vocabulary, entry)));
    }

    private static JournalEntry entry(Vocabulary vocabulary, Versions.Entry entry) {
        OriginCodec.Origin by = OriginCodec.read(entry.origin());
        List<JournalEntry.Touched> touched = entry.changes().stream()
                .filter(change -> !vocabulary.name(change.key()).isHousekeeping())
                .map(change -> {
                    Vocabulary.Named named = vocabulary.name(change.key());
                    String what = named.resource()
                            .map(Vocabulary.Resource::arn)
                            .orElse(named.place().table());
                    return new JournalEntry.Touched(what, change.value() == null);
                })
                .toList();
        var who = new JournalEntry.Who(by.service(), by.operation(), by.principal(), by.account(), by.region());
        return new JournalEntry(entry.sequence(), by.at(), by.requestId(), who, touched);
    }

    /// Writes a snapshot with its blobs as one file that any other machine can read.
    public void export(String name, OutputStream to) throws IOException {
        new SnapshotFile(world).write(find(name), version(name), to);
    }

    /// Reads what [#export] wrote, and keeps it as the snapshot `name`.
    public Saved read(String name, InputStream from) throws IOException {
        checkName(name);
        SnapshotFile.Read read = new SnapshotFile(world).read(from);
        try {
            Saved saved = saved(versions.save(name, read.at().toString(), read.version()));
            if (!read.blobs().stream().allMatch(blob -> world.blobs().has(blob.ref()))) {
                versions.delete(name);
                throw new StoreException("Another node has collected what was imported meanwhile; try again.");
            }
            return saved;
        } finally {
            read.blobs().forEach(Blobs.Arrival::close);
        }
    }
}

package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// A snapshot as one file, a zip: what it is, all rows, and the blobs that they name.
///
/// `snapshot.json` holds format, time, counts and the digest of the rows, `rows` each key and value behind its
/// length (4 bytes, -1 ends it), and `blobs/` the blobs by their SHA-256.
final class SnapshotFile {
    private static final long FORMAT = 1;
    private static final String ABOUT = "snapshot.json";
    private static final String ROWS = "rows";
    private static final String BLOBS = "blobs/";

    /// What was read; the blobs are held until somebody keeps the version.
    record Read(Version version, Instant at, List<Blobs.Arrival> blobs) {}

    private final World world;

    SnapshotFile(World world) {
        this.world = world;
    }

    void write(Snapshots.Saved saved, Version version, OutputStream to) throws IOException {
        try (var zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
            zip.setLevel(1);
            var about = new LinkedHashMap<String, @Nullable Object>();
            about.put("format", FORMAT);
            about.put("name", saved.name());
            about.put("at", saved.at().toString());
            about.put("sequence", saved.sequence());
            about.put("rows", saved.rows());
            about.put("digest", version.digest());
            zip.putNextEntry(new ZipEntry(ABOUT));
            zip.write(Json.write(about).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(ROWS));
            writeRows(version, new DataOutputStream(zip));
            for (Blobs.Ref ref : BlobRows.in(version)) {
                zip.putNextEntry(new ZipEntry(BLOBS + ref.sha256()));
                try (InputStream blob = world.blobs().open(ref, 0, ref.size()).open()) {
                    blob.transferTo(zip);
                }
            }
        }
    }

    private static void writeRows(Version version, DataOutputStream out) throws IOException {
        for (Tx.Cursor rows = version.all(); rows.next(); ) {
            out.writeInt(rows.key().length);
            out.write(rows.key());
            byte[] value = rows.value();
            out.writeInt(value.length);
            out.write(value);
        }
        out.writeInt(-1);
        out.flush();
    }

    Read read(InputStream from) throws IOException {
        try {
            return readWhole(from);
        } catch (ZipException | EOFException damaged) {
            throw damaged(damaged);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ZipException || e.getCause() instanceof EOFException) {
                throw damaged(e.getCause());
            }
            throw e.getCause();
        }
    }

    private static IllegalArgumentException damaged(IOException why) {
        return new IllegalArgumentException("The file is damaged: " + why.getMessage(), why);
    }

    private Read readWhole(InputStream from) throws IOException {
        try (var zip = new ZipInputStream(from, StandardCharsets.UTF_8)) {
            Map<String, @Nullable Object> about = about(zip);
            expect(zip, ROWS);
            Version version = rows(new DataInputStream(zip));
            if (!version.digest().equals(about.get("digest"))) {
                throw new IllegalArgumentException("The file is damaged: its rows do not match its digest.");
            }
            return new Read(version, Instant.parse(String.valueOf(about.get("at"))), blobs(zip, BlobRows.in(version)));
        }
    }

    private static Map<String, @Nullable Object> about(ZipInputStream zip) throws IOException {
        expect(zip, ABOUT);
        Optional<Map<String, @Nullable Object>> about =
                Json.object(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        Object format = about.map(known -> known.get("format")).orElse(0L);
        if (!(format instanceof Long number) || number != FORMAT) {
            throw new IllegalArgumentException("The file has format " + format + " of snapshots; this version of"
                    + " Cloudjar reads format " + FORMAT + ".");
        }
        return about.orElseThrow();
    }

    private static void expect(ZipInputStream zip, String name) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new IllegalArgumentException("The file is no snapshot of Cloudjar.");
        }
    }

    private static Version rows(DataInputStream in) throws IOException {
        var builder = new Version.Builder();
        for (int length = in.readInt(); length >= 0; length = in.readInt()) {
            byte[] key = in.readNBytes(length);
            builder.put(key, in.readNBytes(in.readInt()));
        }
        return builder.build();
    }

    /// The blobs in the file, each held to its name, and all that the rows name.
    private List<Blobs.Arrival> blobs(ZipInputStream zip, List<Blobs.Ref> named) throws IOException {
        List<Blobs.Arrival> blobs = new ArrayList<>();
        Set<Blobs.Ref> missing = new HashSet<>(named);
        boolean whole = false;
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Blobs.Arrival arrival = world.background(() -> blob(zip));
                blobs.add(arrival);
                missing.remove(arrival.ref());
                if (!entry.getName().equals(BLOBS + arrival.ref().sha256())) {
                    throw new IllegalArgumentException("The file is damaged: " + entry.getName() + " has other bytes.");
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(
                        "The file is damaged: it lacks " + missing.size() + " of its blobs.");
            }
            whole = true;
            return blobs;
        } finally {
            if (!whole) {
                blobs.forEach(Blobs.Arrival::close);
            }
        }
    }

    private Blobs.Arrival blob(ZipInputStream zip) {
        try {
            return world.blobs().put(new Unclosed(zip));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An entry of the zip, which stays open behind it.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The next entry is read from the same stream.
        }
    }
}

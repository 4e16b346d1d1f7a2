package dev.cloudjar.kernel;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.store.Repair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Examines a data directory that no world has open: its rows file by file, and every blob by its name.
public final class Doctor {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Consumer<String> report;

    public Doctor(Path directory, Consumer<String> report) {
        this.directory = directory;
        this.report = report;
    }

    /// Reports what can be read, saves it where `salvage` says so, and answers whether all is well now.
    public boolean run(boolean salvage) throws IOException {
        if (!Files.isDirectory(directory)) {
            report.accept("There is no data directory " + directory.toAbsolutePath() + ".");
            return false;
        }
        try (DirectoryLock _ = DirectoryLock.take(directory)) {
            var repair = new Repair(Home.rows(directory), report);
            boolean sound = repair.examine();
            boolean blobs = blobs();
            if (sound) {
                blobs &= areThere(repair.rows().map(BlobRows::in).orElse(List.of()));
            }
            if (!sound && !salvage) {
                report.accept("Start doctor with --salvage to save what can be read, up to the damage.");
            }
            if (sound && blobs) {
                report.accept("All is well.");
            }
            return (sound || salvage && repair.salvage()) && blobs;
        }
    }

    private boolean areThere(List<Blobs.Ref> named) {
        BlobFolder blobs = Home.blobs(directory, false);
        List<Blobs.Ref> missing =
                named.stream().filter(ref -> !blobs.has(ref.sha256())).toList();
        missing.forEach(ref -> report.accept(
                "The blob " + ref.sha256() + " of " + ref.size() + " bytes is missing, and rows name it."));
        return missing.isEmpty();
    }

    private boolean blobs() throws IOException {
        Path blobs = directory.resolve("blobs");
        if (!Files.isDirectory(blobs)) {
            return true;
        }
        List<Path> files;
        try (Stream<Path> all = Files.find(blobs, 2, (file, facts) -> facts.isRegularFile())) {
            files = all.filter(file -> String.valueOf(file.getFileName()).length() == 64)
                    .toList();
        }
        boolean sound = true;
        for (Path file : files) {
            if (!digest(file).equals(String.valueOf(file.getFileName()))) {
                sound = false;
                report.accept("The blob " + file + " has other bytes than its name says.");
            }
        }
        report.accept(files.size() + " blobs");
        return sound;
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = Digests.sha256();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha.update(buffer, 0, count);
            }
            return Digests.hex(sha.digest());
        }
    }
}

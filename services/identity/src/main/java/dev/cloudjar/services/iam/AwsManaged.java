package dev.cloudjar.services.iam;

import dev.cloudjar.services.iam.Entity.Name;
import dev.cloudjar.services.iam.Managed.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The policies that AWS manages, with the text of their current version. They lie on the class path in sixteen
/// files, a line a policy; nothing of them is kept in memory.
final class AwsManaged {
    static final String ARN = "arn:aws:iam::aws:policy/";

    private static final int FILES = 16;
    private static final String IDS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private AwsManaged() {}

    /// The policy whose ARN ends in `path`: `service-role/AWSLambdaRole`.
    static Optional<Managed> find(String path) {
        String start = path + ' ';
        return lines(file(path))
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(AwsManaged::read);
    }

    static List<Managed> all() {
        return Stream.iterate(0, file -> file + 1)
                .limit(FILES)
                .flatMap(AwsManaged::lines)
                .map(AwsManaged::read)
                .toList();
    }

    static int file(String path) {
        return Math.floorMod(path.hashCode(), FILES);
    }

    private static Stream<String> lines(int file) {
        try (InputStream in = AwsManaged.class.getResourceAsStream("managed/" + file + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("the policies that AWS manages are not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `PATH VERSIONS CREATED UPDATED DOCUMENT`; the last version is the default, and the one whose text is
    /// known.
    private static Managed read(String line) {
        String[] words = line.split(" ", 5);
        int slash = words[0].lastIndexOf('/');
        var name = new Name('/' + words[0].substring(0, slash + 1), words[0].substring(slash + 1));
        Instant created = Instant.parse(words[2] + 'Z');
        Instant updated = Instant.parse(words[3] + 'Z');
        int number = Integer.parseInt(words[1].substring(words[1].lastIndexOf(',') + 2));
        var current = new Version(number, words[4], updated, true);
        return new Managed(name, id(words[0]), created, updated, Optional.empty(), List.of(current), number + 1);
    }

    /// AWS's own ids are not published; ours follow from the name.
    private static String id(String path) {
        var id = new StringBuilder("ANPA");
        long seed = path.hashCode() * 0x9E3779B97F4A7C15L + path.length();
        for (int i = 0; i < 17; i++) {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            id.append(IDS.charAt((int) (seed >>> 59)));
        }
        return id.toString();
    }
}

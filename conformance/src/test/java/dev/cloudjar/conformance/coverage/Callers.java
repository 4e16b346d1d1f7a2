package dev.cloudjar.conformance.coverage;

import dev.cloudjar.model.OperationSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tests in which a client that people use calls an operation.
final class Callers {
    private static final Path TESTS = Path.of("src/test");
    private static final String TOOLS = "resources/dev/cloudjar/conformance/tools/";

    private Callers() {}

    /// `Java SDK (QueueTest)`, one for each client.
    static List<String> of(OperationSchema operation) throws IOException {
        String id = operation.service().id();
        String folder = "java/dev/cloudjar/conformance/" + id;
        String command = "aws " + id + " " + spaced(operation.name(), "-") + "\\b";
        String python = "\\." + spaced(operation.name(), "_") + "\\(";
        return Stream.of(
                        client("Java SDK", folder, "\\b\\w*\\." + operation.methodName() + "(Paginator)?\\("),
                        client("aws CLI", TOOLS, command),
                        client("boto3", TOOLS, python),
                        client("JavaScript SDK", TOOLS, "new " + operation.name() + "Command\\("))
                .flatMap(List::stream)
                .toList();
    }

    /// `CreateQueue` as `create-queue`.
    private static String spaced(String name, String between) {
        return name.replaceAll("(?<!^)([A-Z])", between + "$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> client(String name, String place, String call) throws IOException {
        Path start = TESTS.resolve(place);
        if (!Files.exists(start)) {
            return List.of();
        }
        Pattern pattern = Pattern.compile(call);
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (pattern.matcher(text).find()) {
                    String test = String.valueOf(file.getFileName()).replace(".java", "");
                    return List.of(name + " (" + test + ")");
                }
            }
        }
        return List.of();
    }
}

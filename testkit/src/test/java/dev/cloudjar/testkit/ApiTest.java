package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The public API is what `api.txt` says, so that no change of it goes unseen. `-Dcloudjar.rewrite=true`
/// accepts one.
class ApiTest {
    private static final Path WRITTEN = Path.of("api.txt");
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void theApiIsAsWritten() throws IOException, ClassNotFoundException {
        String api = api();
        if (Boolean.getBoolean("cloudjar.rewrite")) {
            Files.writeString(WRITTEN, api);
        }

        assertThat(api).isEqualTo(Files.readString(WRITTEN));
    }

    private static String api() throws IOException, ClassNotFoundException {
        var text = new StringBuilder();
        for (Path file : classes()) {
            String name =
                    CLASSES.relativize(file).toString().replace(".class", "").replace('/', '.');
            Class<?> type = Class.forName(name, false, ApiTest.class.getClassLoader());
            if (isSeen(type)) {
                text.append(type.toGenericString()).append('\n');
                members(type).map(member -> "    " + member + "\n").forEach(text::append);
            }
        }
        return text.toString();
    }

    private static boolean isSeen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isSeen(outer));
    }

    private static List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
                .flatMap(Stream::of)
                .filter(member -> Modifier.isPublic(((Member) member).getModifiers()))
                .map(member -> switch (member) {
                    case Executable code -> code.toGenericString();
                    case Field field -> field.toGenericString();
                    default -> member.toString();
                })
                .sorted();
    }
}

package dev.cloudjar.model.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Schemas;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interfaces are generated for every service; those that are compiled here compile without a warning and work.
class GeneratorTest {
    private static final List<String> COMPILED = List.of("sqs", "sts", "s3", "dynamodb", "ec2");
    private static final Path PROBE = Path.of("src", "test", "probe", "ApiProbe.java");

    @TempDir
    private Path directory;

    @Test
    void everyServiceHasAnInterfaceOfItsOwn() throws IOException {
        Set<Path> files = new HashSet<>();
        for (var facts : Schemas.catalog()) {
            files.add(Generator.write(facts.id(), directory));
        }

        assertThat(files).hasSize(167).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void generatedCodeCompilesWithoutWarningsAndAnswersToItsTypes() throws ReflectiveOperationException, IOException {
        List<Path> sources = new java.util.ArrayList<>();
        for (String id : COMPILED) {
            sources.add(Generator.write(id, directory));
        }
        sources.add(PROBE);
        Path classes = Files.createDirectory(directory.resolve("classes"));

        assertThat(new Compiler(classes).compile(sources)).isEmpty();

        ClassLoader parent = getClass().getClassLoader();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent)) {
            Object probe = loader.loadClass("dev.cloudjar.api.ApiProbe")
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(probe).isInstanceOfSatisfying(Runnable.class, Runnable::run);
        }
    }

    @Test
    void aFileThatWouldNotChangeIsLeftAlone() throws IOException {
        Path file = Generator.write("sts", directory);
        var written = java.nio.file.attribute.FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, written);

        Generator.write("sts", directory);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }

    @Test
    void generatedCodeNamesNothingOfTheModelThatItsPrintLeavesOut() throws IOException {
        String text = Files.readString(Generator.write("s3", directory));
        Set<String> named = Pattern.compile("dev\\.cloudjar\\.model\\.(\\w+)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(Surface.TYPES).extracting(Class::getSimpleName).containsAll(named);
    }

    @Test
    void thePrintIsAnotherWhenADeclarationIs() {
        assertThat(Surface.print(List.of(Before.class))).isEqualTo(Surface.print(List.of(Before.class)));
        assertThat(Set.of(
                        Surface.print(List.of(Before.class)),
                        Surface.print(List.of(Before.class, After.class)),
                        Surface.print(List.of(After.class))))
                .hasSize(3);
    }

    interface Before {
        String answer();
    }

    interface After {
        String answer(int of);
    }
}

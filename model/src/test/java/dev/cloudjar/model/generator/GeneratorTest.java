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
}

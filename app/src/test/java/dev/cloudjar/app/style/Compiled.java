package dev.cloudjar.app.style;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The classes that came of hand-written sources. Generated ones are many, and all alike.
record Compiled(JavaClasses main, JavaClasses tests) {
    static Compiled of(Checkout checkout) {
        Set<String> written = checkout.sources().stream()
                .map(checkout::name)
                .map(Compiled::type)
                .collect(Collectors.toSet());
        var importer = new ClassFileImporter().withImportOption(location -> written.contains(outermost(location)));
        return new Compiled(
                importer.importPaths(folders(checkout, "target/classes")),
                importer.importPaths(folders(checkout, "target/test-classes")));
    }

    private static Collection<Path> folders(Checkout checkout, String name) {
        return checkout.modules().stream()
                .map(module -> module.resolve(name))
                .filter(Files::isDirectory)
                .toList();
    }

    /// `kernel/src/main/java/dev/cloudjar/kernel/Time.java` declares `dev/cloudjar/kernel/Time`.
    private static String type(String file) {
        return file.substring(file.indexOf("/java/") + "/java/".length(), file.length() - ".java".length());
    }

    /// `…/target/classes/dev/cloudjar/kernel/Time$Pace.class` belongs to `dev/cloudjar/kernel/Time`.
    private static String outermost(Location location) {
        String path = location.asURI().getPath();
        String type =
                path.substring(path.indexOf("classes/") + "classes/".length()).replace(".class", "");
        return Stream.of(type.split("\\$")).findFirst().orElse(type);
    }
}

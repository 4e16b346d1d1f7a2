package dev.cloudjar.model.generator;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiles sources as the build does: all warnings on, and each an error.
record Compiler(Path classes) {
    /// What the compiler had to say; empty where it was content.
    String compile(List<Path> sources) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-classpath",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "-proc:none",
                "-Xlint:all,-processing,-serial,-classfile,-requires-automatic",
                "-Werror");
        var said = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(sources);
            boolean compiled =
                    javac.getTask(said, files, null, options, null, units).call();
            return compiled ? said.toString() : "failed: " + said;
        }
    }
}

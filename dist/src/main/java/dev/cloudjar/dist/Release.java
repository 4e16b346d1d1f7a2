package dev.cloudjar.dist;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/// What a release consists of, whatever it is packed into: the launcher, the jars, and a runtime with the
/// modules of the JDK that they use.
final class Release {
    /// Modules that are only looked up as the program runs.
    private static final List<String> LOOKED_UP = List.of("jdk.unsupported", "java.logging");

    private final Path root;
    private final Path work;

    Release(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    Tree tree() throws IOException {
        List<Path> jars = jars();
        var names = new ArrayList<String>();
        var tree = new Tree();
        for (Path jar : jars) {
            String name = String.valueOf(jar.getFileName());
            names.add(name);
            tree.file("lib/" + name, jar);
        }
        tree.text("lib/classpath", String.join(":", names) + "\n");
        tree.file("bin/cloudjar", root.resolve("cloudjar"));
        for (String name : List.of("LICENSE", "NOTICE", "README.md")) {
            tree.file(name, root.resolve(name));
        }
        Path bill = root.resolve("dist/target/cloudjar.cdx.json");
        tree.file("cloudjar.cdx.json", bill);
        tree.text("LICENSES.md", Licenses.of(bill));
        return tree.all("runtime/", runtime(jars));
    }

    /// The jars of the program, in the order of its class path.
    private List<Path> jars() throws IOException {
        Path app = root.resolve("app/target");
        var jars = new ArrayList<Path>();
        jars.add(app.resolve("cloudjar.jar"));
        for (String jar : Files.readString(app.resolve("classpath")).strip().split(File.pathSeparator)) {
            jars.add(Path.of(jar));
        }
        return jars;
    }

    private Path runtime(List<Path> jars) throws IOException {
        Path runtime = work.resolve("runtime");
        Set<String> modules = new TreeSet<>(List.of(modules(jars).strip().split(",")));
        modules.addAll(LOOKED_UP);
        tool(
                "jlink",
                List.of(
                        "--add-modules",
                        String.join(",", modules),
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString()));
        return runtime;
    }

    private static String modules(List<Path> jars) throws IOException {
        List<String> paths = jars.stream().map(Path::toString).toList();
        var arguments = new ArrayList<>(List.of(
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release",
                "25",
                "--class-path",
                String.join(File.pathSeparator, paths)));
        arguments.addAll(paths);
        return tool("jdeps", arguments).lines().reduce("", (_, last) -> last);
    }

    private static String tool(String name, List<String> arguments) throws IOException {
        var said = new StringWriter();
        var complaints = new StringWriter();
        int status = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IOException("this JDK has no " + name))
                .run(new PrintWriter(said), new PrintWriter(complaints), arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IOException(name + " failed: " + said + complaints);
        }
        return said.toString();
    }
}

package dev.cloudjar.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Scripts that people lay beside a cloud to fill it, as LocalStack's images have taught them: those in
/// `boot.d` and `start.d` run before it says that it is ready, those in `ready.d` afterwards, those in
/// `shutdown.d` at its end, by name. `GET /_localstack/init` tells how far they are.
final class InitHooks {
    /// When scripts run.
    enum Stage {
        BOOT,
        START,
        READY,
        SHUTDOWN;

        String folder() {
            return name().toLowerCase(Locale.ROOT) + ".d";
        }
    }

    private record Script(Stage stage, String name, Map<String, Object> shown) {
        Script(Stage stage, String name) {
            this(stage, name, new ConcurrentHashMap<>(Map.of("stage", stage.name(), "name", name)));
        }

        void is(String state) {
            shown.put("state", state);
        }
    }

    private final Optional<Path> folder;
    private final Options.Identity identity;
    private final Consumer<String> log;
    private final List<Script> scripts = new CopyOnWriteArrayList<>();
    private final Set<Stage> completed = ConcurrentHashMap.newKeySet();

    InitHooks(Options options, Consumer<String> log) {
        this.folder = options.start().init();
        this.identity = options.identity();
        this.log = log;
    }

    /// Runs the scripts of a stage, one after the other, against the cloud at `port`. One that fails keeps no
    /// other from running.
    void run(Stage stage, int port) throws InterruptedException {
        for (Path file : files(stage)) {
            var script = new Script(stage, String.valueOf(file.getFileName()));
            script.is("RUNNING");
            scripts.add(script);
            script.is(run(file, port) ? "SUCCESSFUL" : "ERROR");
        }
        completed.add(stage);
    }

    private List<Path> files(Stage stage) {
        Optional<Path> scriptsOfStage =
                folder.map(all -> all.resolve(stage.folder())).filter(Files::isDirectory);
        if (scriptsOfStage.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(scriptsOfStage.get())) {
            return files.filter(file -> !command(file).isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path file) {
        String path = file.toString();
        if (path.endsWith(".sh")) {
            return Files.isExecutable(file) ? List.of(path) : List.of("bash", path);
        }
        return path.endsWith(".py") ? List.of("python3", path) : List.of();
    }

    private boolean run(Path file, int port) throws InterruptedException {
        try {
            var builder = new ProcessBuilder(command(file)).inheritIO();
            Map<String, String> environment = builder.environment();
            environment.put("AWS_ENDPOINT_URL", "http://localhost:" + port);
            environment.putIfAbsent("AWS_ACCESS_KEY_ID", identity.account());
            environment.putIfAbsent("AWS_SECRET_ACCESS_KEY", "test");
            environment.putIfAbsent("AWS_DEFAULT_REGION", identity.region());
            int status = builder.start().waitFor();
            if (status != 0) {
                log.accept(file + " ended with status " + status + ".");
            }
            return status == 0;
        } catch (IOException failure) {
            log.accept(file + " could not be run: " + failure.getMessage());
            return false;
        }
    }

    /// All stages, for `GET /_localstack/init`.
    Map<String, Object> show() {
        var stages = new LinkedHashMap<String, Object>();
        EnumSet.allOf(Stage.class).forEach(stage -> stages.put(stage.name(), completed.contains(stage)));
        return Map.of("completed", stages, "scripts", shown(EnumSet.allOf(Stage.class)));
    }

    /// One stage, for `GET /_localstack/init/ready` and the like; an [IllegalArgumentException] for what is none.
    Map<String, Object> show(String name) {
        Stage stage = Stage.valueOf(name.toUpperCase(Locale.ROOT));
        return Map.of("completed", completed.contains(stage), "scripts", shown(Set.of(stage)));
    }

    private List<Object> shown(Set<Stage> stages) {
        var shown = new ArrayList<Object>();
        scripts.stream()
                .filter(script -> stages.contains(script.stage()))
                .map(Script::shown)
                .forEach(shown::add);
        return shown;
    }
}

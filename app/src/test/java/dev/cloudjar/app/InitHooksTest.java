package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.app.InitHooks.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts that are run when a cloud begins and ends.
class InitHooksTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void theScriptsOfAStageRunByName() throws IOException, InterruptedException {
        script("ready.d/20-second.sh", "echo second $AWS_ENDPOINT_URL >> " + folder + "/trace");
        script("ready.d/10-first.sh", "echo first $AWS_DEFAULT_REGION >> " + folder + "/trace");
        script("ready.d/readme.txt", "is no script");
        script("boot.d/other.sh", "echo other >> " + folder + "/trace");

        InitHooks hooks = hooks();
        hooks.run(Stage.READY, 4711);

        assertThat(folder.resolve("trace")).hasContent("first us-east-1\nsecond http://localhost:4711\n");
        assertThat(hooks.show("ready"))
                .containsEntry("completed", true)
                .containsEntry(
                        "scripts",
                        List.of(
                                Map.of("stage", "READY", "name", "10-first.sh", "state", "SUCCESSFUL"),
                                Map.of("stage", "READY", "name", "20-second.sh", "state", "SUCCESSFUL")));
        assertThat(hooks.show("boot")).containsEntry("completed", false).containsEntry("scripts", List.of());
    }

    @Test
    void aScriptThatFailsKeepsNoOtherFromRunning() throws IOException, InterruptedException {
        script("start.d/1.sh", "exit 3");
        script("start.d/2.sh", "true");

        InitHooks hooks = hooks();
        hooks.run(Stage.START, 4711);

        assertThat(hooks.show().toString()).contains("state=ERROR", "state=SUCCESSFUL", "START=true", "READY=false");
        assertThat(said).singleElement().asString().contains("1.sh ended with status 3");
    }

    @Test
    void withoutAFolderEveryStageIsDoneAtOnce() throws InterruptedException {
        var hooks = new InitHooks(Options.parse(List.of("--memory"), Map.of()), said::add);
        hooks.run(Stage.BOOT, 4711);

        assertThat(hooks.show("boot")).containsEntry("completed", true);
        assertThatThrownBy(() -> hooks.show("lunch")).isInstanceOf(IllegalArgumentException.class);
    }

    private InitHooks hooks() {
        return new InitHooks(Options.parse(List.of("--memory", "--init", folder.toString()), Map.of()), said::add);
    }

    private void script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text + "\n");
    }
}

package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Sessions.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// An answer is remembered as long as what was read for it stands, and no longer.
class RecollectionsTest {
    record Setting(String key, String text) implements Row<String> {}

    @AutoClose
    private final Sessions sessions = Sessions.inMemory();

    private final World world = sessions.world;
    private final Table<String, Setting> settings = world.table("settings", Setting.class);
    private final Recollections<String, String> answers = new Recollections<>(world);

    private void set(String key, String text) {
        Calls.run(() -> settings.put(new Setting(key, text)));
    }

    private Optional<String> learned(String question, Supplier<String> work) {
        Calls.run(() -> world.transact(() -> answers.learn(question, work, answer -> !answer.isEmpty())));
        return answers.recall(question);
    }

    private String text(String key) {
        return settings.find(key).map(Setting::text).orElse("none");
    }

    @Test
    void othersMayBeWrittenButNotWhatWasRead() {
        set("a", "one");

        assertThat(learned("a", () -> text("a"))).contains("one");
        set("b", "two");
        assertThat(answers.recall("a")).contains("one");
        assertThat(answers.recall("b")).isEmpty();
        set("a", "three");
        assertThat(answers.recall("a")).isEmpty();
        assertThat(learned("a", () -> text("a"))).contains("three");
    }

    @Test
    void whatWasNotThereMayNotAppearNorWhatWasDisappear() {
        assertThat(learned("a", () -> text("a"))).contains("none");
        set("a", "one");
        assertThat(answers.recall("a")).isEmpty();

        assertThat(learned("a", () -> text("a"))).contains("one");
        Calls.run(() -> settings.remove("a"));
        assertThat(answers.recall("a")).isEmpty();
    }

    @Test
    void whatATransactionChangedOrCountedIsNotRemembered() {
        assertThat(learned("put", () -> settings.put(new Setting("a", "one")).text()))
                .isEmpty();
        assertThat(learned("count", () -> Long.toString(settings.count(Span.ALL))))
                .isEmpty();
        assertThat(learned("read", () -> text("a"))).contains("one");
    }

    @Test
    void whatEndsByItselfIsNotRemembered() {
        Lot lot = sessions.kernel.lot();
        Session ever = sessions.put(lot, "ever", Optional.empty());
        Session brief = sessions.put(lot, "brief", Duration.ofSeconds(10));

        assertThat(learned("ever", () -> user(ever))).contains("ever");
        assertThat(learned("brief", () -> user(brief))).isEmpty();
    }

    @Test
    void whatNobodyWantsToKeepIsForgotten() {
        assertThat(learned("a", () -> "")).isEmpty();
    }

    private String user(Session session) {
        return sessions.sessions.find(session.key()).orElseThrow().key().user();
    }
}

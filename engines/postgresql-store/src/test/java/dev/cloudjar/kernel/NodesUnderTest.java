package dev.cloudjar.kernel;

import dev.cloudjar.engines.postgresql.Database;
import dev.cloudjar.engines.postgresql.PostgresEngine;
import dev.cloudjar.kernel.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/// Some nodes over one database, opened anew for each test.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NodesUnderTest {
    static final int NODES = 3;

    final Database database = new Database();
    final List<World> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(World::close);
        nodes.clear();
    }

    @AfterAll
    void stopDatabase() {
        database.close();
    }

    static World node(String url, Path directory) {
        var settings = new World.Settings(
                Calls.ACCOUNT,
                Calls.REGION,
                false,
                Durability.OS,
                OptionalLong.empty(),
                System.err::println,
                Optional.empty(),
                Duration.ZERO);
        return World.over(
                new PostgresEngine().open(url, System.err::println),
                directory,
                settings,
                List.of(Notes.entry(new AtomicInteger())));
    }

    void open(Path directory) {
        String url = database.url();
        for (int i = 0; i < NODES; i++) {
            nodes.add(node(url, directory));
        }
    }
}

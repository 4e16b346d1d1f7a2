package dev.cloudjar.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where requests of this process wait for bytes that other requests bring: the one reads what the other is still
/// being sent. None of it is in a table, so who waits on another node is not found.
public final class Handovers {
    private final Map<String, Handover> waiting = new ConcurrentHashMap<>();

    /// A place to wait at under `key`, to be closed unless bytes were taken there.
    public Handover expect(String key) {
        var place = new Handover(() -> waiting.remove(key));
        waiting.put(key, place);
        return place;
    }

    /// The place where somebody waits under `key`.
    public Optional<Handover> find(String key) {
        return Optional.ofNullable(waiting.get(key));
    }

    /// One place: who has bytes gives them, and goes on once they are read.
    public static final class Handover implements AutoCloseable {
        private final Runnable leave;
        private final HandedStream bytes = new HandedStream();

        Handover(Runnable leave) {
            this.leave = leave;
        }

        /// Has the other read `in`, and waits until he is done with it; throws what reading it threw.
        public void give(InputStream in) throws IOException {
            bytes.give(in);
        }

        /// The bytes, which come once they are given; whoever takes them closes them.
        public InputStream take() {
            leave.run();
            return bytes;
        }

        @Override
        public void close() {
            leave.run();
            bytes.close();
        }
    }
}

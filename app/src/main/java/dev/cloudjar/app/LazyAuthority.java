package dev.cloudjar.app;

import dev.cloudjar.wire.tls.KeySource;
import dev.cloudjar.wire.tls.LocalCa;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The local certificate authority, opened when the first client speaks TLS: most never do.
final class LazyAuthority implements KeySource {
    private final Path directory;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable LocalCa opened;

    LazyAuthority(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Identity identity(String serverName) throws IOException {
        lock.lock();
        try {
            LocalCa authority = opened == null ? LocalCa.open(directory, clock) : opened;
            opened = authority;
            return authority.identity(serverName);
        } finally {
            lock.unlock();
        }
    }
}

package dev.cloudjar.model;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Events in either direction, one after another: the reader pulls, and waits where there is none yet.
public interface EventStream extends AutoCloseable {
    /// The next event (a union with one member set), or null at the end.
    @Nullable
    Struct next() throws IOException;

    @Override
    void close() throws IOException;
}

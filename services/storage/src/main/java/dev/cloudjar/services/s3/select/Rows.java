package dev.cloudjar.services.s3.select;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The records of an object, one after the other.
public interface Rows extends AutoCloseable {
    /// The longest record, in bytes or characters.
    int LONGEST = 1 << 20;

    /// The next record, or null at the end.
    @Nullable
    Row next() throws IOException;

    @Override
    void close() throws IOException;
}

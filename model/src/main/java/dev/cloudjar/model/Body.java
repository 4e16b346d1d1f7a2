package dev.cloudjar.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A streamed HTTP body, read once: bytes at hand, a stretch of a file (sent without copying), or a stream.
public sealed interface Body {
    /// The bytes of the body; the reader closes it.
    InputStream open() throws IOException;

    /// The number of bytes, where it is known beforehand.
    OptionalLong length();

    static Body of(Blob bytes) {
        return new Bytes(bytes);
    }

    static Body of(Path file, long offset, long length) {
        return new FileRange(file, offset, length);
    }

    static Body of(OptionalLong length, InputStream stream) {
        return new Streamed(length, stream);
    }

    /// A body in memory.
    record Bytes(Blob bytes) implements Body {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes.bytes());
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(bytes.size());
        }
    }

    /// `size` bytes of `file` from `offset` on.
    record FileRange(Path file, long offset, long size) implements Body {
        @Override
        public InputStream open() throws IOException {
            FileChannel channel = FileChannel.open(file);
            channel.position(offset);
            return new LimitedInputStream(Channels.newInputStream(channel), size);
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(size);
        }
    }

    /// A body that arrives or is made as it is read; `length` is absent where nobody knows it yet.
    record Streamed(OptionalLong length, InputStream stream) implements Body {
        @Override
        public InputStream open() {
            return stream;
        }
    }
}

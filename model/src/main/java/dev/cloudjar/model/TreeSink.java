package dev.cloudjar.model;

import java.io.IOException;

/// What a [TreeSource] tells its contents to, in the order in which they are written.
public interface TreeSink {
    void beginMap() throws IOException;

    /// The name of the map's next value.
    void name(String name) throws IOException;

    void endMap() throws IOException;

    void beginList() throws IOException;

    void endList() throws IOException;

    /// Text as `length` bytes of UTF-8.
    void text(byte[] utf8, int from, int length) throws IOException;

    void bytes(Blob bytes) throws IOException;

    void truth(boolean value) throws IOException;
}

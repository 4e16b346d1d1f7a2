package dev.cloudjar.model;

import java.io.IOException;

/// A map that is kept in a form of its own and can tell what is in it without being built first: an answer's
/// writer asks it for that, everybody else sees a map.
public interface TreeSource {
    void writeTo(TreeSink sink) throws IOException;
}

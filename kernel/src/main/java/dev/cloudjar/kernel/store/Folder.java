package dev.cloudjar.kernel.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/// The directory of a store, as little of it as the store needs. Files are known by their names.
interface Folder {
    Collection<String> names() throws IOException;

    /// Opens a file for reading and writing, making it where there is none.
    Disk open(String name) throws IOException;

    /// Opens a file for reading; a `NoSuchFileException` where there is none.
    Disk read(String name) throws IOException;

    /// Gives a file another name, over whatever had it, in one step.
    void move(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /// Returns once the disk knows the files by their names.
    void force() throws IOException;

    /// Where a file is, for messages.
    Path path(String name);
}

package dev.cloudjar.kernel;

/// A row of a [Table]: an immutable record that knows its key. A key is a string, a number, an instant, or a
/// record of such, and rows stand in the order of their keys.
public interface Row<K> {
    K key();
}

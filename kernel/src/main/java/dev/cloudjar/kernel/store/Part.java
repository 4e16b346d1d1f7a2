package dev.cloudjar.kernel.store;

/// A file of a checkpoint: all rows from `first` to the next part's first, in order.
///
/// @param size the length of the file in bytes
record Part(String file, byte[] first, long rows, long size) {}

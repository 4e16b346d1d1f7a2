package dev.cloudjar.kernel.store;

/// What an acknowledged commit survives.
public enum Durability {
    /// The death of the process: the operating system has the bytes.
    OS,
    /// The loss of power: the disk has the bytes.
    FSYNC
}

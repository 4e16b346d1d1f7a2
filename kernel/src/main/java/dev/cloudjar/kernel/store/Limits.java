package dev.cloudjar.kernel.store;

import java.util.concurrent.Executor;

/// From which sizes on, in bytes, the store does what.
///
/// @param large values of this size are read from their files when asked for, and not kept in the heap
/// @param part how large the files of a checkpoint are
/// @param checkpoint how long the journal may grow before a checkpoint, or a quarter of all rows if that is more
/// @param history how much is kept, beyond what the next start needs, for a look back
/// @param background what runs checkpoints
record Limits(int large, long part, long checkpoint, long history, Executor background) {
    static final Limits DEFAULT = new Limits(
            4 << 10,
            4 << 20,
            16 << 20,
            64 << 20,
            work -> Thread.ofPlatform().daemon().name("checkpoint").start(work));
}

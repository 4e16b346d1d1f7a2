package dev.cloudjar.wire.netty;

/// A connection or stream that its [Lane] looks at now and then, on the event loop's thread.
interface Watched {
    /// Acts on whatever has taken too long at `now`, in the lane's nanoseconds.
    void check(long now);

    /// The front door closes: take no further request, and close once there is nothing left to answer.
    void retire();
}

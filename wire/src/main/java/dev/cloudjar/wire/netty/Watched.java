package dev.cloudjar.wire.netty;

/// A connection or stream that its [Lane] looks at now and then, on the event loop's thread.
interface Watched {
    /// Acts on whatever has taken too long at `now`, in the lane's nanoseconds.
    void check(long now);

    /// The front door closes: take no further request, and close once there is nothing left to answer.
    void retire();

    /// Whether the client has not said anything yet: such a connection makes room for another where there is
    /// none.
    default boolean isSilent() {
        return false;
    }
}

package dev.cloudjar.wire.netty;

import java.time.Duration;

/// What one client, or all of them together, may ask of the front door. `connections` is the most that stay open at
/// once, `streams` the most requests one HTTP/2 connection may have running.
public record Limits(Heads heads, Bodies bodies, int connections, int streams, Timeouts timeouts) {
    public static final Limits DEFAULT = new Limits(Heads.DEFAULT, Bodies.DEFAULT, 8192, 128, Timeouts.DEFAULT);

    /// A request's head: bytes of its first line (414 beyond), bytes and number of its header fields (431 beyond).
    /// Load balancers of AWS take a line of 16 KiB and 64 KiB altogether.
    public record Heads(int line, int bytes, int fields) {
        public static final Heads DEFAULT = new Heads(16 << 10, 64 << 10, 200);
    }

    /// A request's body. One of a known length up to `whole` reaches the handler as bytes, as long as all such bodies
    /// together stay within `wholeTogether`; any other is a stream. Of a body that its handler left unread, up to
    /// `drained` bytes are read to keep the connection, which closes beyond.
    public record Bodies(int whole, long wholeTogether, int drained) {
        public static final Bodies DEFAULT = new Bodies(64 << 10, 64 << 20, 256 << 10);
    }

    /// How long the front door waits: for a whole head, for the next bytes of a body, for the next request, for a
    /// client to take what was sent, and for running requests when it closes. Checked about once a second.
    public record Timeouts(Duration head, Duration body, Duration idle, Duration write, Duration grace) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5));
    }

    public Limits with(Heads other) {
        return new Limits(other, bodies, connections, streams, timeouts);
    }

    public Limits with(Bodies other) {
        return new Limits(heads, other, connections, streams, timeouts);
    }

    public Limits with(Timeouts other) {
        return new Limits(heads, bodies, connections, streams, other);
    }

    public Limits withConnections(int most) {
        return new Limits(heads, bodies, most, streams, timeouts);
    }
}

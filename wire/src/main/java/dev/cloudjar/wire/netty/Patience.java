package dev.cloudjar.wire.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;

/// How long one connection is waited for: a deadline for what the client shall do next, and a watch on whether it takes
/// what was sent. Runs on the connection's event loop; as exact as its lane's clock.
final class Patience {
    static final Duration LINGER = Duration.ofSeconds(2);

    private final Lane lane;
    private final Channel channel;
    private final long writeTimeout;
    private long deadline = Long.MAX_VALUE;
    private boolean begun;
    private boolean lingering;
    private long lastPending;
    private long lastProgress;
    private long movedAt;

    Patience(Lane lane, Channel channel) {
        this.lane = lane;
        this.channel = channel;
        this.writeTimeout = lane.reception().limits().timeouts().write().toNanos();
        this.movedAt = lane.now();
    }

    /// Waits that long from now on, whatever was waited for before.
    void expect(Duration atMost) {
        if (!lingering) {
            begun = false;
            deadline = lane.now() + atMost.toNanos();
        }
    }

    /// Something has begun that must end in time: further beginnings do not move the deadline.
    void begin(Duration atMost) {
        if (!begun && !lingering) {
            begun = true;
            deadline = lane.now() + atMost.toNanos();
        }
    }

    boolean hasBegun() {
        return begun;
    }

    /// Waits for nothing.
    void cease() {
        if (!lingering) {
            begun = false;
            deadline = Long.MAX_VALUE;
        }
    }

    boolean isExhausted(long now) {
        return deadline != Long.MAX_VALUE && now - deadline > 0;
    }

    /// Whether bytes wait to be sent and the client has taken none for too long.
    boolean isStalled(long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long pending = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        long progress = buffer == null ? 0 : buffer.currentProgress();
        if (pending == 0 || pending != lastPending || progress != lastProgress) {
            lastPending = pending;
            lastProgress = progress;
            movedAt = now;
        }
        return now - movedAt > writeTimeout;
    }

    void close() {
        Channels.close(channel);
    }

    /// Closes the channel once what was written has left; if `byHalves`, only after the client has stopped sending too
    /// or two seconds have passed.
    void linger(boolean byHalves) {
        if (lingering) {
            return;
        }
        boolean half = byHalves && channel instanceof DuplexChannel;
        ChannelFuture sent = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (half) {
            expect(LINGER);
            sent.addListener((ChannelFutureListener) Patience::shutOutput);
        } else {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
        lingering = true;
    }

    private static void shutOutput(ChannelFuture sent) {
        var _ = ((DuplexChannel) sent.channel()).shutdownOutput();
    }
}

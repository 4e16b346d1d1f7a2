package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What all connections of a front door share, whichever thread they live on.
final class Reception {
    private final Settings settings;
    private final HttpHandler handler;
    private final ThreadFactory threads =
            Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final AtomicLong wholeBytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Tls tls;
    private final AtomicBoolean closing = new AtomicBoolean();

    Reception(Settings settings, HttpHandler handler) {
        this.settings = settings;
        this.handler = handler;
    }

    Settings settings() {
        return settings;
    }

    Limits limits() {
        return settings.limits();
    }

    HttpHandler handler() {
        return handler;
    }

    ThreadFactory threads() {
        return threads;
    }

    /// What TLS needs, made when the first handshake comes; empty where there are no keys.
    Optional<Tls> tls() {
        lock.lock();
        try {
            if (tls == null && settings.tls().isPresent()) {
                tls = new Tls(this, settings.tls().get());
            }
            return Optional.ofNullable(tls);
        } finally {
            lock.unlock();
        }
    }

    ChannelGroup open() {
        return open;
    }

    boolean isClosing() {
        return closing.get();
    }

    /// Whether this is the first to say so.
    boolean beginClosing() {
        return closing.compareAndSet(false, true);
    }

    void failed(Throwable failure) {
        settings.failures().accept(failure);
    }

    /// Whether a body of `bytes` may be held in memory; if so, [#release] gives the room back.
    boolean reserve(long bytes) {
        if (bytes == 0 || wholeBytes.addAndGet(bytes) <= limits().bodies().wholeTogether()) {
            return true;
        }
        release(bytes);
        return false;
    }

    void release(long bytes) {
        if (bytes != 0) {
            wholeBytes.addAndGet(-bytes);
        }
    }
}

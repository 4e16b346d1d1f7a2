package dev.cloudjar.wire.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the connections of one event loop share: a coarse clock, the `Date` of answers, and the sweep that ends
/// what takes too long. Everything here runs on the loop's thread, but for [#run] and [#close].
final class Lane {
    private static final long LONGEST_SWEEP = TimeUnit.SECONDS.toNanos(1);

    private final Reception reception;
    private final EventLoop loop;
    private final Set<Watched> watched = new LinkedHashSet<>();
    private final Http1Head head;
    private final long sweep;
    private long now = System.nanoTime();
    private final List<Exchange> starting = new ArrayList<>();
    private final Runnable startAll = this::startAll;
    private boolean sweeping;
    private int running;
    private @Nullable CompletableFuture<Void> quiet;

    Lane(Reception reception, EventLoop loop) {
        this.reception = reception;
        this.loop = loop;
        this.head = new Http1Head(reception.settings().clock());
        this.sweep = sweepInterval(reception.limits().timeouts());
    }

    private static long sweepInterval(Limits.Timeouts timeouts) {
        long shortest = Math.min(
                Math.min(timeouts.head().toNanos(), timeouts.body().toNanos()),
                Math.min(timeouts.idle().toNanos(), timeouts.write().toNanos()));
        return Math.clamp(shortest / 4, TimeUnit.MILLISECONDS.toNanos(10), LONGEST_SWEEP);
    }

    Reception reception() {
        return reception;
    }

    /// Runs `task` on the loop's thread, from any thread; not any more once the front door has closed.
    void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            if (!reception.isClosing()) {
                throw ended;
            }
        }
    }

    Http1Head head() {
        return head;
    }

    /// Nanoseconds as of the last sweep: cheap enough to read for every message.
    long now() {
        return now;
    }

    void watch(Watched connection) {
        watched.add(connection);
        if (!sweeping) {
            sweeping = true;
            now = System.nanoTime();
            var _ = loop.schedule(this::sweep, sweep, TimeUnit.NANOSECONDS);
        }
    }

    void forget(Watched connection) {
        watched.remove(connection);
    }

    /// Closes the connection that has been silent longest; false where there is none.
    boolean makeRoom() {
        Optional<Watched> silent = watched.stream().filter(Watched::isSilent).findFirst();
        silent.ifPresent(Watched::retire);
        return silent.isPresent();
    }

    private void sweep() {
        now = System.nanoTime();
        for (Watched each : new ArrayList<>(watched)) {
            each.check(now);
        }
        sweeping = !watched.isEmpty();
        if (sweeping) {
            var _ = loop.schedule(this::sweep, sweep, TimeUnit.NANOSECONDS);
        }
    }

    /// Starts `exchange` once the loop has read whatever sockets are ready: threads that start together wake the
    /// scheduler once, where one after another each would (measured: 2.8 futex calls a request).
    void start(Exchange exchange) {
        running++;
        starting.add(exchange);
        if (starting.size() == 1) {
            loop.execute(startAll);
        }
    }

    private void startAll() {
        starting.forEach(Exchange::start);
        starting.clear();
    }

    void finished() {
        running--;
        if (quiet != null && running == 0) {
            quiet.complete(null);
        }
    }

    /// Retires every connection; the future completes when no request runs on this lane any more.
    CompletableFuture<Void> close() {
        var done = new CompletableFuture<Void>();
        loop.execute(() -> {
            quiet = done;
            for (Watched each : new ArrayList<>(watched)) {
                each.retire();
            }
            if (running == 0) {
                done.complete(null);
            }
        });
        return done;
    }
}

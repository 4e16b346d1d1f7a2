package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The port that clients speak HTTP to: HTTP/1, HTTP/2 and, given keys, TLS, told apart by their first bytes.
///
/// Each request runs on a virtual thread of its own, which is interrupted if its client goes away, so that long
/// polls end. An interrupt closes whatever [java.nio.channels.FileChannel] its thread is using: a channel that
/// requests share belongs to a thread of its own.
///
/// Netty reads system properties as it loads; [#open] sets those that matter, unless they are set, before it
/// does.
public final class FrontDoor implements AutoCloseable {
    private final Reception reception;
    private final EventLoopGroup loops;
    private final Arrivals arrivals;
    private final Channel listener;

    private FrontDoor(Reception reception, EventLoopGroup loops, Arrivals arrivals, Channel listener) {
        this.reception = reception;
        this.loops = loops;
        this.arrivals = arrivals;
        this.listener = listener;
    }

    public static FrontDoor open(Settings settings, HttpHandler handler) throws IOException {
        NettyProperties.set();
        return Opening.open(settings, handler);
    }

    /// Kept apart so that no class of Netty loads before its properties are set.
    private static final class Opening {
        static FrontDoor open(Settings settings, HttpHandler handler) throws IOException {
            Transport transport = Transport.best();
            int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            var loops = new MultiThreadIoEventLoopGroup(
                    threads, new DefaultThreadFactory("front-door", true), transport.loops());
            var reception = new Reception(settings, handler);
            var arrivals = new Arrivals(reception, loops);
            ChannelFuture bound = new ServerBootstrap()
                    .group(loops)
                    .channel(transport.server())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_BACKLOG, 1024)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(arrivals)
                    .bind(new InetSocketAddress(settings.host(), settings.port()))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
                throw new IOException(
                        "Cannot listen on %s:%d: %s. Another port is chosen with --port."
                                .formatted(
                                        settings.host(),
                                        settings.port(),
                                        bound.cause().getMessage()),
                        bound.cause());
            }
            return new FrontDoor(reception, loops, arrivals, bound.channel());
        }
    }

    /// The port it listens on.
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Takes no more connections or requests, lets running ones end within [Limits.Timeouts#grace], then closes
    /// whatever is left and interrupts its requests.
    @Override
    public void close() {
        if (!reception.beginClosing()) {
            return;
        }
        listener.close().awaitUninterruptibly();
        long grace = reception.limits().timeouts().grace().toNanos();
        CompletableFuture<Void> quiet = arrivals.close();
        boolean quietInTime = await(quiet, grace);
        reception.open().newCloseFuture().awaitUninterruptibly(quietInTime ? grace : 0, TimeUnit.NANOSECONDS);
        reception.open().forEach(Channels::cut);
        await(quiet, TimeUnit.SECONDS.toNanos(1));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static boolean await(CompletableFuture<Void> future, long nanos) {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

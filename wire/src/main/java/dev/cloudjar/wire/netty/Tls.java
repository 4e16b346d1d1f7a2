package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.tls.KeySource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// TLS by the JDK's provider: a certificate for the name that the client asks for, HTTP/2 or HTTP/1 as ALPN settles.
/// Certificates are fetched on virtual threads, for signing one blocks.
final class Tls {
    private static final int LARGEST_HELLO = 16 << 10;
    private static final int MOST_CONTEXTS = 256;

    private final Reception reception;
    private final KeySource keys;
    private final ReentrantLock lock = new ReentrantLock();

    /// The context for an identity, most of which serve many names.
    private final Map<KeySource.Identity, SslContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KeySource.Identity, SslContext> eldest) {
            return size() > MOST_CONTEXTS;
        }
    };

    Tls(Reception reception, KeySource keys) {
        this.reception = reception;
        this.keys = keys;
    }

    void install(Lane lane, Channel channel) {
        long patience = reception.limits().timeouts().head().toMillis();
        channel.pipeline()
                .addLast(new SniHandler(this::find, LARGEST_HELLO, patience))
                .addLast(new Settled(lane, channel));
    }

    private Future<SslContext> find(@Nullable String serverName, Promise<SslContext> found) {
        String name = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
        reception
                .threads()
                .newThread(() -> {
                    try {
                        found.trySuccess(context(keys.identity(name)));
                    } catch (IOException | RuntimeException | Error failure) {
                        reception.failed(failure);
                        found.tryFailure(failure);
                    }
                })
                .start();
        return found;
    }

    private SslContext context(KeySource.Identity identity) throws IOException {
        lock.lock();
        try {
            SslContext known = contexts.get(identity);
            if (known == null) {
                known = build(identity);
                contexts.put(identity, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static SslContext build(KeySource.Identity identity) throws IOException {
        return SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    /// Goes on with the protocol that the handshake settled on.
    private static final class Settled extends ApplicationProtocolNegotiationHandler implements Watched {
        private final Lane lane;
        private final Channel channel;

        Settled(Lane lane, Channel channel) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.lane = lane;
            this.channel = channel;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            lane.watch(this);
            super.handlerAdded(context);
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext context) throws Exception {
            lane.forget(this);
            super.channelUnregistered(context);
        }

        /// The TLS handlers keep time themselves.
        @Override
        public void check(long now) {}

        @Override
        public void retire() {
            Channels.close(channel);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            lane.forget(this);
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Protocols.http2(lane, context.channel(), true);
            } else {
                Protocols.http1(lane, context.channel(), true);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            Channels.close(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Channels.close(context.channel());
        }
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpRequest.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;

/// One HTTP/2 connection; each of its streams is a channel of its own. This class minds what concerns them all: how
/// long a connection may idle, and its end.
final class Http2Connection extends ChannelInboundHandlerAdapter implements Watched {
    private static final int STREAM_WINDOW = 256 << 10;
    private static final int CONNECTION_WINDOW = 2 << 20;

    /// What RFC 9113 gives a connection before it is told otherwise.
    private static final int INITIAL_WINDOW = 65_535;

    private final Lane lane;
    private final Channel channel;
    private final Http2FrameCodec codec;
    private final Patience patience;

    private Http2Connection(Lane lane, Channel channel, Http2FrameCodec codec) {
        this.lane = lane;
        this.channel = channel;
        this.codec = codec;
        this.patience = new Patience(lane, channel);
    }

    static void install(Lane lane, Channel channel, Peer peer) {
        Limits limits = lane.reception().limits();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.streams())
                        .maxHeaderListSize(limits.heads().bytes())
                        .initialWindowSize(STREAM_WINDOW))
                .validateRequiredPseudoHeaders(true)
                .gracefulShutdownTimeoutMillis(limits.timeouts().grace().toMillis())
                .build();
        var streams = new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2Stream(lane, stream, peer));
            }
        });
        channel.pipeline().addLast(codec).addLast(streams).addLast(new Http2Connection(lane, channel, codec));
        Channels.send(channel, new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - INITIAL_WINDOW));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lane.watch(this);
        patience.expect(lane.reception().limits().timeouts().idle());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        lane.forget(this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        patience.expect(lane.reception().limits().timeouts().idle());
        context.fireChannelReadComplete();
    }

    @Override
    public void check(long now) {
        if (codec.connection().numActiveStreams() > 0) {
            patience.expect(lane.reception().limits().timeouts().idle());
        }
        if (patience.isStalled(now)) {
            Channels.cut(channel);
        } else if (patience.isExhausted(now)) {
            Channels.close(channel);
        }
    }

    /// Closing says GOAWAY and waits for the streams that are open.
    @Override
    public void retire() {
        Channels.close(channel);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Channels.close(channel);
    }
}

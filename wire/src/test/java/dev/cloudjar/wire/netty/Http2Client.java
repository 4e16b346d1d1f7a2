package dev.cloudjar.wire.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client that speaks HTTP/2 with prior knowledge, a frame at a time.
final class Http2Client implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    Http2Client(int port) throws InterruptedException {
        channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline()
                                .addLast(Http2FrameCodecBuilder.forClient()
                                        .initialSettings(Http2Settings.defaultSettings())
                                        .build())
                                .addLast(new Http2MultiplexHandler(new Ignoring()));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    /// Pushed streams, of which there are none.
    @ChannelHandler.Sharable
    private static final class Ignoring extends ChannelInboundHandlerAdapter {}

    Channel channel() {
        return channel;
    }

    /// One stream: what is sent on it, and what came back.
    final class Exchange extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<Object> frames = new LinkedBlockingQueue<>();
        private final Http2StreamChannel stream;
        private volatile boolean dropping;

        Exchange() throws InterruptedException {
            stream = new Http2StreamChannelBootstrap(channel)
                    .handler(this)
                    .open()
                    .sync()
                    .getNow();
        }

        Exchange head(String method, String path, boolean last, String... fields) {
            Http2Headers headers = new DefaultHttp2Headers()
                    .method(method)
                    .path(path)
                    .scheme("http")
                    .authority("here:1");
            for (int i = 0; i < fields.length; i += 2) {
                headers.add(fields[i], fields[i + 1]);
            }
            var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers, last));
            return this;
        }

        Exchange data(byte[] bytes, boolean last) throws InterruptedException {
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last))
                    .sync();
            return this;
        }

        /// Resets the stream, and throws away what came on it from now on.
        void drop() throws InterruptedException {
            dropping = true;
            stream.close().sync();
            frames.forEach(ReferenceCountUtil::release);
        }

        void reset() throws InterruptedException {
            stream.close().sync();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (dropping) {
                ReferenceCountUtil.release(message);
            } else {
                frames.add(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame) {
                frames.add(event);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            frames.add(cause);
        }

        Object frame() throws InterruptedException {
            Object frame = frames.poll(30, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("No frame came");
            }
            return frame;
        }

        /// The whole answer; its status stands in the field `:status`.
        RawClient.Answer answer() throws InterruptedException, IOException {
            var head = (Http2HeadersFrame) frame();
            var fields = new java.util.TreeMap<String, String>();
            head.headers()
                    .forEach(each ->
                            fields.put(each.getKey().toString(), each.getValue().toString()));
            var body = new ByteArrayOutputStream();
            boolean last = head.isEndStream();
            while (!last) {
                Object frame = frame();
                if (!(frame instanceof Http2DataFrame data)) {
                    throw new IOException("Broken off by " + frame);
                }
                ByteBuf bytes = data.content();
                bytes.readBytes(body, bytes.readableBytes());
                last = data.isEndStream();
                ReferenceCountUtil.release(data);
            }
            return new RawClient.Answer(
                    Integer.parseInt(head.headers().status().toString()), fields, body.toByteArray());
        }
    }

    Exchange open() throws InterruptedException {
        return new Exchange();
    }

    RawClient.Answer get(String path) throws InterruptedException, IOException {
        return open().head("GET", path, true).answer();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

package dev.cloudjar.wire.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/// The least that Netty needs to answer HTTP: a fixed body, sent from the event loop. What the front door costs beyond
/// it is the price of what it does.
public final class BareServer {
    private BareServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        NettyProperties.set();
        Transport transport = Transport.best();
        int threads = Integer.getInteger("loops", 1);
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(threads, transport.loops()))
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec()).addLast(new Fixed());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel();
        listener.closeFuture().sync();
    }

    private static final class Fixed extends SimpleChannelInboundHandler<HttpObject> {
        private static final byte[] BODY = "x".repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof LastHttpContent) {
                var answer = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(BODY));
                answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
                answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, BODY.length);
                var _ = context.write(answer, context.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}

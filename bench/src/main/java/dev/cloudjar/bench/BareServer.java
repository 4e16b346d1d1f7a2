package dev.cloudjar.bench;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/// The least that Netty needs to answer HTTP: fixed bytes, sent from the event loop. What the cloud costs
/// beyond it is the price of what the cloud does.
public final class BareServer {
    private BareServer() {}

    /// Prints its address as the cloud does.
    public static void main(String[] arguments) throws InterruptedException {
        BareNetty.serve(1, Fixed::new);
    }

    private static final class Fixed extends SimpleChannelInboundHandler<HttpObject> {
        private static final byte[] BODY = "x".repeat(200).getBytes(StandardCharsets.US_ASCII);

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

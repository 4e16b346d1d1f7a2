package dev.cloudjar.wire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/// One connection too many: its first bytes are answered by 503, then it closes.
final class TurnedAway extends ChannelInboundHandlerAdapter implements Watched {
    private static final int LETTERS = 'A';
    private static final byte[] ANSWER = """
            HTTP/1.1 503 Service Unavailable\r
            content-type: text/plain\r
            content-length: 21\r
            retry-after: 1\r
            connection: close\r
            \r
            Too many connections
            """.getBytes(StandardCharsets.US_ASCII);

    private final Lane lane;
    private final Patience patience;
    private boolean answered;

    TurnedAway(Lane lane, Channel channel) {
        this.lane = lane;
        this.patience = new Patience(lane, channel);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lane.watch(this);
        patience.expect(Patience.LINGER);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        lane.forget(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        boolean http = bytes.isReadable() && bytes.getUnsignedByte(bytes.readerIndex()) >= LETTERS;
        ReferenceCountUtil.release(bytes);
        if (!http) {
            patience.close();
        } else if (!answered) {
            answered = true;
            Channels.send(context.channel(), Unpooled.wrappedBuffer(ANSWER));
            patience.linger(true);
        }
    }

    @Override
    public void check(long now) {
        if (patience.isExhausted(now)) {
            patience.close();
        }
    }

    @Override
    public void retire() {
        patience.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        patience.close();
    }
}

package dev.cloudjar.wire.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Reads the first bytes of a connection to tell TLS, HTTP/2 with prior knowledge and HTTP/1 apart, and makes
/// way.
final class Sniffer extends ByteToMessageDecoder implements Watched {
    private static final int TLS_HANDSHAKE = 0x16;

    /// No HTTP/1 method begins like HTTP/2's preface (RFC 9113, section 3.4).
    private static final int PREFACE = 'P' << 24 | 'R' << 16 | 'I' << 8 | ' ';

    private final Lane lane;
    private final Patience patience;

    Sniffer(Lane lane, Channel channel) {
        this.lane = lane;
        this.patience = new Patience(lane, channel);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lane.watch(this);
        patience.expect(lane.reception().limits().timeouts().head());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        lane.forget(this);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == TLS_HANDSHAKE) {
            Protocols.tls(lane, context.channel());
        } else if (first != 'P') {
            Protocols.http1(lane, context.channel(), false);
        } else if (in.readableBytes() < Integer.BYTES) {
            return;
        } else if (in.getInt(in.readerIndex()) == PREFACE) {
            Protocols.http2(lane, context.channel(), false);
        } else {
            Protocols.http1(lane, context.channel(), false);
        }
        context.pipeline().remove(this);
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
    public boolean isSilent() {
        return true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        patience.close();
    }
}

package dev.cloudjar.wire.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// Netty's parser of HTTP/1 requests, made strict, which tells the connection when bytes arrive.
final class Http1Decoder extends HttpRequestDecoder {
    private static final int CHUNK = 64 << 10;

    private final Http1Connection connection;

    Http1Decoder(Limits.Heads limits, Http1Connection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.line())
                .setMaxHeaderSize(limits.bytes())
                .setMaxChunkSize(CHUNK));
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        connection.bytesArrived();
        super.channelRead(context, message);
    }

    /// Two answers to where a body ends are how requests are smuggled past a proxy (RFC 9112, section 6.1).
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("A request has both Transfer-Encoding and Content-Length");
    }
}

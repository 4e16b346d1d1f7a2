package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// The answers of one HTTP/1 connection, in turn. The request's thread calls what [Reply] names, everything
/// else runs on the event loop.
final class Http1Reply implements Reply {
    private static final int HEAD = 320;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Lane lane;
    private final Channel channel;
    private final Http1Connection connection;
    private final boolean secure;
    private Http1Head.Connection after = Http1Head.Connection.STAYS;
    private boolean http10;

    /// Of the answer under way; read and written by its request's thread alone.
    private boolean chunked;

    Http1Reply(Lane lane, Channel channel, Http1Connection connection, boolean secure) {
        this.lane = lane;
        this.channel = channel;
        this.connection = connection;
        this.secure = secure;
    }

    /// The answer to another request follows.
    void next(Http1Head.Connection asked, boolean isHttp10) {
        if (after != Http1Head.Connection.CLOSES) {
            after = asked;
        }
        http10 = isHttp10;
        chunked = false;
    }

    void closeAfterwards() {
        after = Http1Head.Connection.CLOSES;
    }

    boolean closes() {
        return after == Http1Head.Connection.CLOSES;
    }

    ByteBuf goOn() {
        return Unpooled.wrappedBuffer(CONTINUE);
    }

    /// An answer to what never became a request.
    ByteBuf refusal(int status) {
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        ByteBuf out = channel.alloc().buffer();
        lane.head()
                .write(
                        out,
                        HttpResponse.of(status, "text/plain", ""),
                        reason.length() + 1L,
                        Http1Head.Connection.CLOSES);
        ByteBufUtil.writeAscii(out, reason);
        return out.writeByte('\n');
    }

    @Override
    public void whole(HttpResponse response, long length, byte[] body) {
        lane.run(() -> writeWhole(response, length, body));
    }

    private void writeWhole(HttpResponse response, long length, byte[] body) {
        if (connection.leavesTooMuch() || asksToClose(response)) {
            closeAfterwards();
        }
        ByteBuf out = channel.alloc().directBuffer(HEAD + body.length);
        try {
            lane.head().write(out, response, length, after);
            out.writeBytes(body);
        } catch (RuntimeException malformed) {
            lane.reception().failed(malformed);
            out.clear();
            lane.head().write(out, HttpResponse.empty(500), 0, after);
        }
        Channels.send(channel, out);
        connection.answered(true);
    }

    private static boolean asksToClose(HttpResponse response) {
        return response.headers()
                .get("Connection")
                .filter("close"::equalsIgnoreCase)
                .isPresent();
    }

    @Override
    public void begin(HttpResponse response, long length) {
        chunked = length == UNKNOWN && !http10;
        boolean untilClose = length == UNKNOWN && http10;
        lane.run(() -> writeHead(response, untilClose ? NONE : length, untilClose));
    }

    private void writeHead(HttpResponse response, long length, boolean untilClose) {
        if (untilClose || asksToClose(response)) {
            closeAfterwards();
        }
        ByteBuf out = channel.alloc().directBuffer(HEAD);
        try {
            lane.head().write(out, response, length, after);
            Channels.write(channel, out);
        } catch (RuntimeException malformed) {
            out.release();
            lane.reception().failed(malformed);
            Channels.close(channel);
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public ByteBuf buffer(int size) {
        return secure ? channel.alloc().heapBuffer(size) : channel.alloc().directBuffer(size);
    }

    @Override
    public ChannelFuture piece(ByteBuf bytes) {
        if (!chunked) {
            return channel.writeAndFlush(bytes);
        }
        byte[] size = (Integer.toHexString(bytes.readableBytes()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        Channels.write(channel, Unpooled.wrappedBuffer(size));
        Channels.write(channel, bytes);
        return channel.writeAndFlush(Unpooled.wrappedBuffer(CRLF));
    }

    @Override
    public boolean takesFiles() {
        return !secure;
    }

    @Override
    public void file(FileChannel file, long offset, long size) {
        channel.writeAndFlush(new DefaultFileRegion(file, offset, size)).addListener(sent -> {
            if (!sent.isSuccess()) {
                Channels.close(channel);
            }
        });
    }

    /// A connection that is closed without lingering is reset.
    @Override
    public void reset() {
        lane.run(() -> {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            connection.answered(false);
        });
    }

    @Override
    public void end(boolean complete) {
        boolean terminate = chunked && complete;
        lane.run(() -> {
            if (terminate) {
                Channels.send(channel, Unpooled.wrappedBuffer(LAST_CHUNK));
            }
            connection.answered(complete);
        });
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.Future;
import java.nio.channels.FileChannel;
import java.util.Locale;

/// The answer on one HTTP/2 stream. The request's thread calls what [Reply] names, everything else runs on the
/// event loop.
final class Http2Reply implements Reply {
    private final Lane lane;
    private final Channel channel;
    private final Http2Stream stream;
    private int unsent;
    private long movedAt;

    Http2Reply(Lane lane, Channel channel, Http2Stream stream) {
        this.lane = lane;
        this.channel = channel;
        this.stream = stream;
    }

    @Override
    public void whole(HttpResponse response, long length, byte[] body) {
        lane.run(() -> {
            if (head(response, length, body.length == 0)) {
                if (body.length > 0) {
                    var frame = new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true);
                    watch(channel.write(frame));
                }
                channel.flush();
                stream.answered(true);
            } else {
                stream.answered(false);
            }
        });
    }

    @Override
    public void begin(HttpResponse response, long length) {
        lane.run(() -> {
            if (!head(response, length, false)) {
                reset(Http2Error.INTERNAL_ERROR);
            }
        });
    }

    private boolean head(HttpResponse response, long length, boolean last) {
        try {
            watch(channel.write(new DefaultHttp2HeadersFrame(fields(response, length), last)));
            return true;
        } catch (RuntimeException malformed) {
            lane.reception().failed(malformed);
            return false;
        }
    }

    private Http2Headers fields(HttpResponse response, long length) {
        var fields = new DefaultHttp2Headers();
        fields.status(Integer.toString(response.status()));
        response.headers().forEach((name, value) -> {
            if (!Framing.isOurs(name)) {
                Framing.check(name, value);
                fields.add(name.toLowerCase(Locale.ROOT), value);
            }
        });
        if (!fields.contains("date")) {
            fields.set("date", lane.head().date());
        }
        if (length >= 0) {
            fields.set("content-length", Long.toString(length));
        }
        return fields;
    }

    /// Answers what never became a request.
    void refuse(int status) {
        head(HttpResponse.empty(status), 0, true);
        channel.flush();
    }

    void goOn() {
        var fields = new DefaultHttp2Headers().status("100");
        watch(channel.writeAndFlush(new DefaultHttp2HeadersFrame(fields, false)));
    }

    /// Ends the stream at once, in both directions.
    void reset(Http2Error reason) {
        if (channel.isActive()) {
            var _ = channel.writeAndFlush(new DefaultHttp2ResetFrame(reason));
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public ByteBuf buffer(int size) {
        return channel.alloc().directBuffer(size);
    }

    @Override
    public ChannelFuture piece(ByteBuf bytes) {
        ChannelPromise sending = channel.newPromise();
        lane.run(() -> watch(channel.writeAndFlush(new DefaultHttp2DataFrame(bytes), sending)));
        return sending;
    }

    /// Counts what the client has not taken yet.
    private void watch(ChannelFuture sending) {
        if (unsent++ == 0) {
            movedAt = lane.now();
        }
        sending.addListener(this::moved);
    }

    private void moved(Future<? super Void> sent) {
        unsent--;
        movedAt = lane.now();
    }

    /// Whether the client has taken nothing of what waits for it for too long.
    boolean isStalled(long now) {
        return unsent > 0
                && now - movedAt > lane.reception().limits().timeouts().write().toNanos();
    }

    @Override
    public boolean takesFiles() {
        return false;
    }

    @Override
    public void file(FileChannel file, long offset, long size) {
        throw new UnsupportedOperationException("HTTP/2 frames what it sends");
    }

    @Override
    public void reset() {
        end(false);
    }

    @Override
    public void end(boolean complete) {
        lane.run(() -> {
            if (complete) {
                watch(channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true)));
            }
            stream.answered(complete);
        });
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.nio.channels.FileChannel;

/// Where the answer to one request goes: [#whole], or [#begin], the pieces and [#end]. Called on the request's
/// thread; the connection's own thread does the work.
interface Reply {
    /// A body whose length nobody knows yet.
    long UNKNOWN = -1;

    /// No body and no word of its length.
    long NONE = -2;

    /// The most bytes that are worth a copy into one write.
    int WHOLE = 128 << 10;

    /// Sends head and body together and ends the exchange. `length` is what the head declares.
    void whole(HttpResponse response, long length, byte[] body);

    void begin(HttpResponse response, long length);

    /// Sends what was begun at once: the body may be long in coming.
    void flush();

    /// An empty buffer to fill with the next piece.
    ByteBuf buffer(int size);

    /// Sends a piece of the body, taking it over; the future completes when it has left.
    ChannelFuture piece(ByteBuf bytes);

    /// Whether [#file] works here.
    boolean takesFiles();

    /// Sends a stretch of `file` without copying it, and closes `file`.
    void file(FileChannel file, long offset, long size);

    /// Breaks the connection, or the stream, instead of an answer.
    void reset();

    /// Ends the exchange. If the body is not `complete`, the client learns of it by a broken connection or
    /// stream.
    void end(boolean complete);
}

package dev.cloudjar.wire.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/// What is done to a channel without waiting for its outcome. A write that fails reaches the pipeline's
/// `exceptionCaught`, which closes the channel.
final class Channels {
    private Channels() {}

    static void write(Channel channel, Object message) {
        var _ = channel.write(message, channel.voidPromise());
    }

    static void send(Channel channel, Object message) {
        var _ = channel.writeAndFlush(message, channel.voidPromise());
    }

    static void close(Channel channel) {
        var _ = channel.close();
    }

    /// Closes the socket past every handler: no farewell, no waiting.
    static void cut(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        var _ = first == null ? channel.close() : first.close();
    }
}

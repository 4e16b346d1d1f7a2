package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpRequest.Peer;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/// Sets a connection up for the protocol that its first bytes, or its TLS handshake, chose. The classes of HTTP/2 and
/// TLS load when the first such connection comes.
final class Protocols {
    private Protocols() {}

    static void http1(Lane lane, Channel channel, boolean secure) {
        var connection = new Http1Connection(lane, channel, peer(channel, secure));
        channel.pipeline()
                .addLast(new Http1Decoder(lane.reception().limits().heads(), connection))
                .addLast(connection);
    }

    static void http2(Lane lane, Channel channel, boolean secure) {
        Http2Connection.install(lane, channel, peer(channel, secure));
    }

    /// Without keys a TLS handshake is no HTTP either: the connection closes.
    static void tls(Lane lane, Channel channel) {
        lane.reception().tls().ifPresentOrElse(tls -> tls.install(lane, channel), () -> Channels.close(channel));
    }

    private static Peer peer(Channel channel, boolean secure) {
        return new Peer(((InetSocketAddress) channel.remoteAddress()).getAddress(), secure);
    }
}

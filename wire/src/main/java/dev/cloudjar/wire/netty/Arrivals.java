package dev.cloudjar.wire.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Greets each new connection on its event loop: admits it, in the place of one that says nothing where there are
/// too many, or turns it away.
@Sharable
final class Arrivals extends ChannelInboundHandlerAdapter {
    private final Reception reception;
    private final Map<EventExecutor, Lane> lanes = new IdentityHashMap<>();

    Arrivals(Reception reception, EventLoopGroup loops) {
        this.reception = reception;
        for (EventExecutor loop : loops) {
            lanes.put(loop, new Lane(reception, (EventLoop) loop));
        }
    }

    @Override
    public void channelRegistered(ChannelHandlerContext context) {
        Channel channel = context.channel();
        Lane lane = lanes.get(channel.eventLoop());
        if (lane == null || reception.isClosing()) {
            Channels.close(channel);
            return;
        }
        boolean full = reception.open().size() >= reception.limits().connections() && !lane.makeRoom();
        reception.open().add(channel);
        if (full) {
            channel.pipeline().addLast(new TurnedAway(lane, channel));
        } else {
            channel.pipeline().addLast(new Sniffer(lane, channel));
        }
        context.pipeline().remove(this);
    }

    /// Completes when no request runs any more.
    CompletableFuture<Void> close() {
        List<CompletableFuture<Void>> quiet = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            quiet.add(lane.close());
        }
        return CompletableFuture.allOf(quiet.toArray(CompletableFuture[]::new));
    }
}

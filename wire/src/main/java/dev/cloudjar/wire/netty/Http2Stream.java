package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpRequest.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 stream: a request and its answer. Runs on the connection's event loop, but for what [Upload.Source]
/// promises to the reading thread.
final class Http2Stream extends ChannelInboundHandlerAdapter implements Watched, Upload.Source {
    private final Lane lane;
    private final Channel channel;
    private final Peer peer;
    private final Http2Reply reply;
    private @Nullable Http2Request request;
    private @Nullable Intake intake;
    private @Nullable Exchange exchange;
    private boolean receiving;
    private boolean owesContinue;
    private boolean answered;
    private long arrivedAt;

    Http2Stream(Lane lane, Channel channel, Peer peer) {
        this.lane = lane;
        this.channel = channel;
        this.peer = peer;
        this.reply = new Http2Reply(lane, channel, this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lane.watch(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        lane.forget(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        arrivedAt = lane.now();
        switch (message) {
            case Http2HeadersFrame head when intake == null && !answered -> begin(head);
            case Http2HeadersFrame trailers -> {
                if (trailers.isEndStream()) {
                    end();
                }
            }
            case Http2DataFrame data -> data(data);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void begin(Http2HeadersFrame frame) {
        Reception reception = lane.reception();
        var head = new Http2Request(frame.headers(), frame.isEndStream());
        int fault = head.fault(reception.limits().heads());
        if (fault != 0) {
            answered = true;
            reply.refuse(fault);
            if (!frame.isEndStream()) {
                reply.reset(Http2Error.NO_ERROR);
            }
            return;
        }
        var body = new Intake(reception, head.length(), this);
        request = head;
        intake = body;
        receiving = !frame.isEndStream();
        owesContinue = receiving && head.expectsContinue();
        if (!receiving) {
            end();
        } else if (body.upload() != null) {
            dispatch(head, body);
        } else if (owesContinue) {
            sayContinue();
        }
    }

    private void data(Http2DataFrame frame) {
        boolean last = frame.isEndStream();
        Intake body = intake;
        if (body == null) {
            frame.release();
        } else if (!body.take(frame.content())) {
            channel.config().setAutoRead(false);
        }
        if (last) {
            end();
        } else if (answered && body != null && body.isTooMuchToDiscard()) {
            reply.reset(Http2Error.NO_ERROR);
        }
    }

    private void end() {
        receiving = false;
        owesContinue = false;
        Intake body = intake;
        if (body == null || request == null) {
            return;
        }
        body.end();
        if (exchange == null && !answered) {
            dispatch(request, body);
        }
    }

    private void dispatch(Http2Request head, Intake body) {
        var next = new Exchange(lane.reception(), head.with(body.body(), peer), body.upload(), reply);
        exchange = next;
        lane.start(next);
    }

    /// Called once all of an answer has been written; `complete` is false where it broke off.
    void answered(boolean complete) {
        answered = true;
        exchange = null;
        lane.finished();
        if (intake != null) {
            intake.discard();
        }
        if (!complete) {
            reply.reset(Http2Error.INTERNAL_ERROR);
        } else if (receiving && (owesContinue || (intake != null && intake.isTooMuchToDiscard()))) {
            reply.reset(Http2Error.NO_ERROR);
        } else if (receiving) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void wanted() {
        lane.run(() -> {
            if (owesContinue) {
                sayContinue();
            }
        });
    }

    private void sayContinue() {
        owesContinue = false;
        reply.goOn();
    }

    @Override
    public void resume() {
        lane.run(() -> {
            arrivedAt = lane.now();
            channel.config().setAutoRead(true);
        });
    }

    @Override
    public void check(long now) {
        Duration most = lane.reception().limits().timeouts().body();
        if (receiving && channel.config().isAutoRead() && now - arrivedAt > most.toNanos()) {
            timeOut();
        }
        if (reply.isStalled(now)) {
            reply.reset(Http2Error.CANCEL);
        }
    }

    private void timeOut() {
        if (exchange != null && intake != null && intake.upload() != null) {
            intake.upload().timeOut();
        } else {
            reply.reset(Http2Error.CANCEL);
        }
    }

    /// Its connection sees to it.
    @Override
    public void retire() {}

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.gone();
        } else if (intake != null) {
            intake.discard();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Channels.close(channel);
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpRequest.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One HTTP/1 connection: requests are answered one after another, in the order they came. Everything here runs
/// on the connection's event loop, but for what [Upload.Source] promises to the reading thread.
final class Http1Connection extends ChannelInboundHandlerAdapter implements Watched, Upload.Source {
    private final Lane lane;
    private final Channel channel;
    private final Peer peer;
    private final Http1Reply reply;
    private final Patience patience;

    /// Requests that came while another was being answered.
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(0);

    private @Nullable Http1Request request;
    private @Nullable Intake intake;
    private @Nullable Exchange exchange;
    private boolean receiving;

    /// The answer is written, though the body it answers is still arriving.
    private boolean answered;

    private boolean uploadFull;
    private boolean owesContinue;
    private boolean retired;
    private boolean deaf;

    Http1Connection(Lane lane, Channel channel, Peer peer) {
        this.lane = lane;
        this.channel = channel;
        this.peer = peer;
        this.reply = new Http1Reply(lane, channel, this, peer.secure());
        this.patience = new Patience(lane, channel);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        lane.watch(this);
        patience.expect(lane.reception().limits().timeouts().head());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        lane.forget(this);
    }

    /// Called before the parser sees new bytes. A streamed body may take its time as long as it moves; a head,
    /// and a small body, must be complete in time.
    void bytesArrived() {
        if (exchange == null && !receiving) {
            patience.begin(lane.reception().limits().timeouts().head());
        } else if (receiving && exchange != null) {
            patience.expect(lane.reception().limits().timeouts().body());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var part = (HttpObject) message;
        if (deaf) {
            ReferenceCountUtil.release(part);
        } else if (!waiting.isEmpty() || (part instanceof HttpRequest && isBusy())) {
            waiting.add(part);
            updateReading();
        } else {
            accept(part);
        }
    }

    private boolean isBusy() {
        return exchange != null || receiving;
    }

    private void accept(HttpObject part) {
        if (part instanceof HttpRequest head) {
            begin(new Http1Request(head));
        }
        if (part instanceof HttpContent content) {
            body(content);
        }
    }

    /// Whoever expects to be told to go on is told so before an empty body, too: boto3 loses its place without.
    private void begin(Http1Request head) {
        Reception reception = lane.reception();
        int fault = head.fault(reception.limits().heads());
        if (fault != 0) {
            refuse(fault);
            return;
        }
        request = head;
        receiving = true;
        reply.next(head.connection(), head.isHttp10());
        var body = new Intake(reception, head.length(), this);
        intake = body;
        owesContinue = head.expectsContinue();
        if (owesContinue && (body.upload() == null || head.length() == 0)) {
            sayContinue();
        }
        if (body.upload() != null) {
            dispatch(head, body);
        }
        patience.expect(reception.limits().timeouts().body());
    }

    private void dispatch(Http1Request head, Intake body) {
        if (retired) {
            reply.closeAfterwards();
        }
        var next = new Exchange(lane.reception(), head.with(body.body(), peer), body.upload(), reply);
        exchange = next;
        lane.start(next);
    }

    private void body(HttpContent content) {
        Intake body = intake;
        if (body == null || request == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            broken(Http1Request.faultOf(content.decoderResult().cause()));
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (content.content().isReadable()) {
            owesContinue = false;
            uploadFull = !body.take(content.content());
        } else {
            content.release();
        }
        if (last) {
            receiving = false;
            body.end();
            patience.cease();
            if (exchange == null) {
                complete(body);
            }
        } else if (answered && body.isTooMuchToDiscard()) {
            closeGently(true);
        }
        updateReading();
    }

    private void complete(Intake body) {
        if (answered) {
            next();
        } else if (request != null) {
            dispatch(request, body);
        }
    }

    /// Bytes came that are no HTTP: the request they belong to cannot go on.
    private void broken(int status) {
        if (exchange == null) {
            refuse(status);
            return;
        }
        deaf = true;
        reply.closeAfterwards();
        if (intake != null && intake.upload() != null) {
            intake.upload().malformed(status);
        }
    }

    private void refuse(int status) {
        deaf = true;
        Channels.send(channel, reply.refusal(status));
        closeGently(true);
    }

    /// Called once all of an answer has been written; `complete` is false where it broke off.
    void answered(boolean complete) {
        exchange = null;
        lane.finished();
        Intake body = intake;
        if (body != null) {
            body.discard();
        }
        uploadFull = false;
        if (!complete) {
            Channels.close(channel);
        } else if (reply.closes()) {
            closeGently(receiving);
        } else if (receiving) {
            answered = true;
            patience.expect(lane.reception().limits().timeouts().body());
            updateReading();
        } else {
            next();
        }
    }

    /// Whether the body of the current request is too far from its end to keep the connection.
    boolean leavesTooMuch() {
        return receiving && (owesContinue || (intake != null && intake.isTooMuchToDiscard()));
    }

    private void next() {
        answered = false;
        request = null;
        intake = null;
        if (retired) {
            closeGently(false);
            return;
        }
        patience.expect(lane.reception().limits().timeouts().idle());
        while (!waiting.isEmpty() && !(waiting.peek() instanceof HttpRequest && isBusy())) {
            accept(waiting.remove());
        }
        updateReading();
    }

    private void updateReading() {
        boolean read = deaf || (waiting.isEmpty() && !uploadFull);
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
            if (receiving) {
                patience.expect(lane.reception().limits().timeouts().body());
            }
        }
    }

    /// Closes once what was written has left. A client that is still `sending` is heard out for a while:
    /// closing on unread bytes would take the answer back (RFC 9112, section 9.6).
    private void closeGently(boolean sending) {
        deaf = true;
        forgetWaiting();
        patience.linger(sending && !peer.secure());
        updateReading();
    }

    private void forgetWaiting() {
        for (HttpObject part = waiting.poll(); part != null; part = waiting.poll()) {
            ReferenceCountUtil.release(part);
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
        Channels.send(channel, reply.goOn());
    }

    @Override
    public void resume() {
        lane.run(() -> {
            uploadFull = false;
            updateReading();
        });
    }

    @Override
    public void check(long now) {
        if (patience.isExhausted(now)) {
            timeOut();
        } else if (patience.isStalled(now)) {
            Channels.close(channel);
        }
    }

    private void timeOut() {
        if (exchange != null) {
            if (receiving && !uploadFull && intake != null && intake.upload() != null) {
                deaf = true;
                reply.closeAfterwards();
                intake.upload().timeOut();
            }
        } else if (patience.hasBegun() || (receiving && !answered)) {
            refuse(408);
        } else {
            Channels.close(channel);
        }
    }

    @Override
    public void retire() {
        retired = true;
        reply.closeAfterwards();
        if (!isBusy()) {
            closeGently(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deaf = true;
        forgetWaiting();
        if (exchange != null) {
            exchange.gone();
        } else if (intake != null) {
            intake.discard();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
            lane.reception().failed(cause);
        }
        Channels.close(channel);
    }
}

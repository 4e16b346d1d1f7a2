package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;

/// Sends one response by the cheapest way its body allows, never more than a few pieces ahead of the client.
final class Answer {
    private static final int PIECE = 64 << 10;
    private static final int PIECES_AHEAD = 4;
    static final byte[] NOTHING = new byte[0];

    private final HttpRequest request;
    private final HttpResponse response;
    private final Reply reply;
    private final Semaphore ahead = new Semaphore(PIECES_AHEAD);
    private volatile boolean broken;
    private boolean begun;

    Answer(HttpRequest request, HttpResponse response, Reply reply) {
        this.request = request;
        this.response = response;
        this.reply = reply;
    }

    /// Whether the client may have seen some of the answer.
    boolean hasBegun() {
        return begun;
    }

    /// Throws where the body could not be read or sent to its end.
    void send() throws IOException {
        if (Framing.isBodiless(request, response)) {
            reply.whole(response, Framing.bodilessLength(response), NOTHING);
            return;
        }
        switch (response.body()) {
            case Body.Bytes bytes -> bytes(bytes.bytes().bytes());
            case Body.FileRange range -> file(range);
            case Body.Streamed streamed ->
                stream(streamed.stream(), streamed.length().orElse(Reply.UNKNOWN));
        }
    }

    private void bytes(byte[] body) throws IOException {
        if (body.length <= Reply.WHOLE) {
            reply.whole(response, body.length, body);
            return;
        }
        begin(body.length);
        for (int at = 0; at < body.length; at += PIECE) {
            piece(Unpooled.wrappedBuffer(body, at, Math.min(PIECE, body.length - at)));
        }
        reply.end(true);
    }

    private void file(Body.FileRange range) throws IOException {
        FileChannel file = FileChannel.open(range.file());
        boolean handedOver = false;
        try {
            if (file.size() < range.offset() + range.size()) {
                throw new EOFException(range.file() + " is shorter than the body it holds");
            }
            if (range.size() <= PIECE) {
                small(file, range);
            } else if (reply.takesFiles()) {
                begin(range.size());
                handedOver = true;
                reply.file(file, range.offset(), range.size());
                reply.end(true);
            } else {
                large(file, range);
            }
        } finally {
            if (!handedOver) {
                file.close();
            }
        }
    }

    private void small(FileChannel file, Body.FileRange range) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) range.size());
        while (bytes.hasRemaining()) {
            if (file.read(bytes, range.offset() + bytes.position()) < 0) {
                throw new EOFException(range.file() + " shrank while it was read");
            }
        }
        reply.whole(response, range.size(), bytes.array());
    }

    private void large(FileChannel file, Body.FileRange range) throws IOException {
        begin(range.size());
        long at = range.offset();
        long end = at + range.size();
        while (at < end) {
            ByteBuf piece = reply.buffer(PIECE);
            int count = piece.writeBytes(file, at, (int) Math.min(PIECE, end - at));
            if (count <= 0) {
                piece.release();
                throw new EOFException(range.file() + " shrank while it was read");
            }
            at += count;
            piece(piece);
        }
        reply.end(true);
    }

    private void stream(InputStream from, long length) throws IOException {
        begin(length);
        if (from.available() == 0) {
            reply.flush();
        }
        long left = length == Reply.UNKNOWN ? Long.MAX_VALUE : length;
        byte[] bytes = new byte[(int) Math.min(PIECE, Math.max(left, 1))];
        while (left > 0) {
            int count = from.read(bytes, 0, (int) Math.min(bytes.length, left));
            if (count < 0) {
                break;
            }
            if (count > 0) {
                left -= count;
                piece(reply.buffer(count).writeBytes(bytes, 0, count));
            }
        }
        if (length != Reply.UNKNOWN && left > 0) {
            throw new EOFException("The body ended " + left + " bytes short of its length");
        }
        reply.end(true);
    }

    private void begin(long length) {
        begun = true;
        reply.begin(response, length);
    }

    private void piece(ByteBuf bytes) throws IOException {
        ahead.acquireUninterruptibly();
        if (broken) {
            bytes.release();
            throw new ClientGone();
        }
        reply.piece(bytes).addListener(this::sent);
    }

    private void sent(Future<? super Void> sending) {
        if (!sending.isSuccess()) {
            broken = true;
        }
        ahead.release();
    }
}

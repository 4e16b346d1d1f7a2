package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the heads of HTTP/1 answers, one after another, on one thread. Header text is Latin-1, a char a byte; a
/// line break in it is refused, for it would let a value forge an answer.
final class Http1Head {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] COLON = {':', ' '};
    private static final byte[] DATE = ascii("date: ");
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] CHUNKED = ascii("transfer-encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");

    private final HttpDate date;
    private final byte[] @Nullable [] statusLines = new byte[600][];
    private final BiConsumer<String, String> field = this::field;
    private final byte[] digits = new byte[20];
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private boolean dated;

    /// How the connection goes on after an answer, and what its client must be told of that.
    enum Connection {
        /// HTTP/1.1 goes on unless told otherwise.
        STAYS,
        /// HTTP/1.0 ends unless told otherwise.
        STAYS_AS_ASKED,
        CLOSES
    }

    Http1Head(InstantSource clock) {
        this.date = new HttpDate(clock);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Appends the head of `response` to `to`; `length` is a number of bytes or one of [Reply]'s constants.
    void write(ByteBuf to, HttpResponse response, long length, Connection connection) {
        out = to;
        dated = false;
        to.writeBytes(statusLine(response.status()));
        response.headers().forEach(field);
        if (!dated) {
            to.writeBytes(DATE).writeBytes(date.now()).writeBytes(CRLF);
        }
        if (length >= 0) {
            to.writeBytes(LENGTH);
            number(length);
            to.writeBytes(CRLF);
        } else if (length == Reply.UNKNOWN) {
            to.writeBytes(CHUNKED);
        }
        if (connection == Connection.CLOSES) {
            to.writeBytes(CLOSE);
        } else if (connection == Connection.STAYS_AS_ASKED) {
            to.writeBytes(KEEP_ALIVE);
        }
        to.writeBytes(CRLF);
    }

    /// The `Date` of an answer made now.
    String date() {
        return new String(date.now(), StandardCharsets.US_ASCII);
    }

    private byte[] statusLine(int status) {
        byte[] line = status < statusLines.length ? statusLines[status] : null;
        if (line == null) {
            line = ascii("HTTP/1.1 " + status + ' '
                    + HttpResponseStatus.valueOf(status).reasonPhrase() + "\r\n");
            if (status < statusLines.length) {
                statusLines[status] = line;
            }
        }
        return line;
    }

    private void field(String name, String value) {
        if (Framing.isOurs(name)) {
            return;
        }
        if (name.equalsIgnoreCase("date")) {
            dated = true;
        }
        Framing.check(name, value);
        ByteBufUtil.writeAscii(out, name);
        out.writeBytes(COLON);
        ByteBufUtil.writeAscii(out, value);
        out.writeBytes(CRLF);
    }

    private void number(long value) {
        int at = digits.length;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.writeBytes(digits, at, digits.length - at);
    }
}

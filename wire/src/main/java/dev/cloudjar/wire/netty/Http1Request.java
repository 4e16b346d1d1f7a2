package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.Map;

/// The head of an HTTP/1 request, checked: what it asks of the connection, and our own form of it.
final class Http1Request {
    private static final int OK = 0;

    private final io.netty.handler.codec.http.HttpRequest head;
    private final boolean http10;
    private final long length;
    private final String host;

    Http1Request(io.netty.handler.codec.http.HttpRequest head) {
        this.head = head;
        this.http10 = !head.protocolVersion().equals(HttpVersion.HTTP_1_1);
        this.length = lengthOf(head.headers());
        String named = head.headers().get(HttpHeaderNames.HOST);
        this.host = named == null ? "" : named;
    }

    private static long lengthOf(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return Reply.UNKNOWN;
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Framing.length(length);
    }

    /// The status to refuse it with, or 0 if it is sound.
    int fault(Limits.Heads limits) {
        if (head.decoderResult().isFailure()) {
            return faultOf(head.decoderResult().cause());
        }
        HttpVersion version = head.protocolVersion();
        if (version.majorVersion() != 1) {
            return 505;
        }
        HttpHeaders headers = head.headers();
        if (headers.size() > limits.fields()) {
            return 431;
        }
        boolean hostless = host.isEmpty() && !http10 && !headers.contains(HttpHeaderNames.HOST);
        if (hostless
                || length == Reply.NONE
                || headers.getAll(HttpHeaderNames.HOST).size() > 1) {
            return 400;
        }
        return expectsOther() ? 417 : OK;
    }

    /// The status for bytes that the parser could not read.
    static int faultOf(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> 414;
            case TooLongHttpHeaderException field -> 431;
            default -> 400;
        };
    }

    private boolean expectsOther() {
        String expectation = head.headers().get(HttpHeaderNames.EXPECT);
        return expectation != null && !http10 && !expectation.equalsIgnoreCase("100-continue");
    }

    boolean expectsContinue() {
        return !http10 && head.headers().contains(HttpHeaderNames.EXPECT);
    }

    Http1Head.Connection connection() {
        if (!HttpUtil.isKeepAlive(head)) {
            return Http1Head.Connection.CLOSES;
        }
        return http10 ? Http1Head.Connection.STAYS_AS_ASKED : Http1Head.Connection.STAYS;
    }

    boolean isHttp10() {
        return http10;
    }

    /// The length of the body, or [Reply#UNKNOWN] if it is chunked.
    long length() {
        return length;
    }

    HttpRequest with(Body body, HttpRequest.Peer peer) {
        String target = head.uri();
        String authority = host;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf("://");
            if (scheme > 0) {
                int path = endOfAuthority(target, scheme + 3);
                authority = target.substring(scheme + 3, path);
                target = path < target.length() && target.charAt(path) == '/'
                        ? target.substring(path)
                        : "/" + target.substring(path);
            }
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new HttpRequest(head.method().name(), authority, path, query, headers(), body, peer);
    }

    private static int endOfAuthority(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return target.length();
    }

    private Headers headers() {
        var headers = new Headers();
        Iterator<Map.Entry<CharSequence, CharSequence>> all = head.headers().iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> each = all.next();
            headers.add(each.getKey().toString(), each.getValue().toString());
        }
        return headers;
    }
}

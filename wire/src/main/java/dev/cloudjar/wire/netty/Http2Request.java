package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/// The head of an HTTP/2 request, in our own form.
final class Http2Request {
    private final Http2Headers fields;
    private final long length;

    Http2Request(Http2Headers fields, boolean withoutBody) {
        this.fields = fields;
        this.length = withoutBody ? 0 : lengthOf(fields);
    }

    private static long lengthOf(Http2Headers fields) {
        CharSequence length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? Reply.UNKNOWN : Framing.length(length.toString());
    }

    /// The status to refuse it with, or 0 if it is sound.
    int fault(Limits.Heads limits) {
        if (fields.method() == null || fields.path() == null || length == Reply.NONE) {
            return 400;
        }
        if (fields.path().length() > limits.line()) {
            return 414;
        }
        return fields.size() > limits.fields() ? 431 : 0;
    }

    /// The length of the body, or [Reply#UNKNOWN].
    long length() {
        return length;
    }

    boolean expectsContinue() {
        CharSequence expectation = fields.get(HttpHeaderNames.EXPECT);
        return expectation != null && "100-continue".contentEquals(expectation);
    }

    HttpRequest with(Body body, HttpRequest.Peer peer) {
        String target = fields.path().toString();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        CharSequence authority = fields.authority() == null ? fields.get(HttpHeaderNames.HOST) : fields.authority();
        String host = authority == null ? "" : authority.toString();
        return new HttpRequest(fields.method().toString(), host, path, query, headers(host), body, peer);
    }

    /// HTTP/2 says `:authority` for what signatures know as `Host`.
    private Headers headers(String host) {
        var headers = new Headers();
        if (!host.isEmpty()) {
            headers.add("host", host);
        }
        for (Map.Entry<CharSequence, CharSequence> each : fields) {
            String name = each.getKey().toString();
            if (!name.startsWith(":") && !name.equals("host")) {
                headers.add(name, each.getValue().toString());
            }
        }
        return headers;
    }
}

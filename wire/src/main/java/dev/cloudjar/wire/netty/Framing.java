package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;

/// Which parts of an answer are the front door's: the fields that frame a message, and whether there is a body at all
/// (RFC 9110, section 6.4.1).
final class Framing {
    private Framing() {}

    /// Whether `name` frames messages or manages connections, and so is not the handler's to set.
    static boolean isOurs(String name) {
        return switch (name.length()) {
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("content-length");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            default -> false;
        };
    }

    /// Refuses a field that would break out of its line.
    static void check(String name, String value) {
        if (name.isEmpty() || breaks(name) || name.indexOf(':', 1) >= 0 || breaks(value)) {
            throw new IllegalArgumentException("A header field of the answer is malformed: " + name.strip());
        }
    }

    private static boolean breaks(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
    }

    /// Whether the answer has no body, whatever the handler gave.
    static boolean isBodiless(HttpRequest request, HttpResponse response) {
        int status = response.status();
        return status < 200
                || status == 204
                || status == 304
                || request.method().equals("HEAD");
    }

    /// The length to declare for an answer without a body: that of the body a GET would have had, where it is known.
    static long bodilessLength(HttpResponse response) {
        int status = response.status();
        if (status < 200 || status == 204) {
            return Reply.NONE;
        }
        long given =
                response.headers().get("Content-Length").map(Framing::length).orElse(Reply.NONE);
        if (given >= 0) {
            return given;
        }
        long length = response.body().length().orElse(Reply.NONE);
        return length == 0 && status == 304 ? Reply.NONE : length;
    }

    /// A `Content-Length`, or [Reply#NONE] if it is no number.
    static long length(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return Reply.NONE;
        }
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Reply.NONE;
            }
            length = length * 10 + digit;
        }
        return length;
    }
}

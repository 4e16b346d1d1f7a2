package dev.cloudjar.conformance.golden;

import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.util.function.Function;

/// A request and its answer as they are written down, without what differs every time.
record Exchange(Sent request, Answer answer) {
    /// `body` makes text of bytes.
    String written(Function<byte[], String> body) {
        var text = new StringBuilder(request.method())
                .append(' ')
                .append(request.target())
                .append('\n');
        request.headers().forEach((name, value) -> field(text, name, value));
        text.append('\n').append(body.apply(request.body())).append("\n\n###\n\n");
        text.append(answer.status()).append('\n');
        answer.fields().forEach((name, value) -> field(text, name, value));
        return text.append('\n').append(body.apply(answer.body())).append('\n').toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        if (!name.equals("date") && !name.equals("content-length")) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }
}

package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A cloud's own API under `/_cloudjar/`.
final class Admin {
    private final Running running;

    Admin(Running running) {
        this.running = running;
    }

    Instant now() {
        return Instant.parse(text(ask("GET", "clock", ""), "now"));
    }

    void moveClock(String order) {
        ask("POST", "clock", order);
    }

    void reset() {
        ask("POST", "reset", "");
    }

    List<ApiCall> calls() {
        return ((List<?>) Objects.requireNonNull(ask("GET", "calls", "").get("calls")))
                .stream().map(call -> call((Map<?, ?>) call)).toList();
    }

    private static ApiCall call(Map<?, ?> fields) {
        return new ApiCall(
                text(fields, "requestId"),
                Instant.parse(text(fields, "at")),
                text(fields, "service"),
                text(fields, "operation"),
                text(fields, "account"),
                text(fields, "region"),
                text(fields, "caller"),
                Optional.of(text(fields, "error")).filter(code -> !code.isEmpty()));
    }

    private Map<?, ?> ask(String method, String what, String order) {
        try {
            Reply reply = running.send(Ask.of(method, "/_cloudjar/" + what, order));
            try (InputStream body = reply.body()) {
                Map<?, ?> answer = Json.read(body);
                if (reply.status() >= 400) {
                    throw new IllegalArgumentException(text(answer, "message"));
                }
                return answer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<?, ?> object, String name) {
        return String.valueOf(object.get(name));
    }
}

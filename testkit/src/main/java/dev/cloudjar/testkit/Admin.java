package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        return list(ask("GET", "calls", ""), "calls").map(Admin::call).toList();
    }

    Snapshot snapshot(String name) {
        Map<?, ?> saved = ask("POST", "snapshots", "{\"name\":\"" + name + "\"}");
        return new Snapshot(text(saved, "name"), Instant.parse(text(saved, "at")));
    }

    void restore(Snapshot snapshot) {
        ask("POST", "snapshots/" + snapshot.name() + "/load", "");
    }

    Diff diff(Snapshot before) {
        Map<?, ?> diff = ask("GET", "diff?from=" + before.name(), "");
        return new Diff(
                list(diff, "resources").map(Admin::resource).toList(),
                list(diff, "others").map(Admin::rows).toList());
    }

    private static Diff.Resource resource(Map<?, ?> fields) {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(fields.get("attributes"))).forEach((name, sides) -> {
            side(before, name, ((Map<?, ?>) sides).get("before"));
            side(after, name, ((Map<?, ?>) sides).get("after"));
        });
        return new Diff.Resource(text(fields, "kind"), text(fields, "arn"), text(fields, "change"), before, after);
    }

    private static void side(Map<String, String> attributes, Object name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name.toString(), value.toString());
        }
    }

    private static Diff.Rows rows(Map<?, ?> fields) {
        return new Diff.Rows(
                text(fields, "table"),
                text(fields, "account"),
                text(fields, "region"),
                number(fields, "added"),
                number(fields, "removed"),
                number(fields, "changed"));
    }

    private static int number(Map<?, ?> object, String name) {
        return Integer.parseInt(text(object, name));
    }

    private static Stream<Map<?, ?>> list(Map<?, ?> object, String name) {
        return ((List<?>) Objects.requireNonNull(object.get(name))).stream().map(each -> (Map<?, ?>) each);
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

package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

    Fault addFault(Map<String, String> asked) {
        return new Fault(this, text(ask("POST", "faults", Json.write(asked)), "id"));
    }

    List<Fault> faults() {
        return list(ask("GET", "faults", ""), "faults")
                .map(fault -> new Fault(this, text(fault, "id")))
                .toList();
    }

    /// How often a fault has hit; one that is gone hits no more.
    long hits(String id) {
        return list(ask("GET", "faults", ""), "faults")
                .filter(fault -> text(fault, "id").equals(id))
                .mapToLong(fault -> Long.parseLong(text(fault, "hits")))
                .sum();
    }

    void removeFault(String id) {
        if (faults().stream().anyMatch(fault -> fault.id().equals(id))) {
            ask("DELETE", "faults/" + id, "");
        }
    }

    void clearFaults() {
        ask("DELETE", "faults", "");
    }

    Secret session(String role) {
        Map<?, ?> made = ask("POST", "sessions", Json.write(Map.of("role", role)));
        return new Secret(
                text(made, "accessKeyId"), text(made, "secretAccessKey"), Optional.of(text(made, "sessionToken")));
    }

    List<Decision> why(String requestId) {
        return list(ask("GET", "decisions?request=" + encoded(requestId), ""), "decisions")
                .map(Admin::decision)
                .toList();
    }

    private static Decision decision(Map<?, ?> fields) {
        return new Decision(
                text(fields, "principal"),
                text(fields, "action"),
                text(fields, "resource"),
                text(fields, "decision").equals("allowed"),
                text(fields, "because"),
                list(fields, "statements")
                        .map(statement -> new Decision.Statement(
                                text(statement, "kind"),
                                text(statement, "policy"),
                                text(statement, "statement"),
                                text(statement, "effect").equals("Allow")))
                        .toList());
    }

    String leastPrivilege(String role) {
        return answer("GET", "least-privilege?role=" + encoded(role), "");
    }

    List<Event> events() {
        return list(ask("GET", "events", ""), "events").map(Admin::event).toList();
    }

    private static Event event(Map<?, ?> fields) {
        return new Event(
                Instant.parse(text(fields, "at")),
                text(fields, "source"),
                text(fields, "detailType"),
                text(fields, "account"),
                text(fields, "region"),
                ((List<?>) Objects.requireNonNull(fields.get("resources")))
                        .stream().map(String::valueOf).toList(),
                text(fields, "detail"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        return Json.read(answer(method, what, order));
    }

    private String answer(String method, String what, String order) {
        try {
            Reply reply = running.send(Ask.of(method, "/_cloudjar/" + what, order));
            try (InputStream body = reply.body()) {
                String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                if (reply.status() >= 400) {
                    throw new IllegalArgumentException(text(Json.read(answer), "message"));
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

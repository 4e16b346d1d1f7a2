package dev.cloudjar.app;

import dev.cloudjar.kernel.JournalEntry;
import dev.cloudjar.kernel.Snapshots;
import dev.cloudjar.kernel.Time;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The part of the admin API that is about the state as a whole: snapshots, differences, the past, the journal
/// and the digest. `openapi.json` describes it.
final class StateApi {
    private static final String ROOT = "/_cloudjar/";
    private static final int MOST_ENTRIES = 1000;
    private static final byte[] EVERYTHING = {};

    private final World world;

    StateApi(World world) {
        this.world = world;
    }

    /// The answer, or nothing where the request is about something else.
    Optional<HttpResponse> answer(HttpRequest request) throws IOException {
        String[] path = request.path().substring(ROOT.length()).split("/", -1);
        String what =
                request.method() + ' ' + path[0] + (path.length > 2 ? "/*/" + path[2] : path.length > 1 ? "/*" : "");
        String name = path.length > 1 ? URLDecoder.decode(path[1], StandardCharsets.UTF_8) : "";
        return switch (what) {
            case "GET digest" -> json(Map.of("digest", world.digest()));
            case "GET snapshots" ->
                json(Map.of(
                        "snapshots",
                        snapshots().list().stream().map(StateApi::shown).toList()));
            case "POST snapshots" -> json(shown(snapshots().save(required(Json.read(request), "name"))));
            case "GET snapshots/*" -> json(shown(snapshots().find(name)));
            case "DELETE snapshots/*" -> json(Map.of("deleted", deleted(name)));
            case "POST snapshots/*/load" -> json(shown(load(name)));
            case "GET snapshots/*/export" -> Optional.of(export(name));
            case "POST snapshots/*/import" -> json(shown(read(name, request)));
            case "GET diff" -> json(diff(query(request)));
            case "POST replay" -> json(shown(replay(Json.read(request))));
            case "GET journal" -> json(journal(query(request)));
            default -> Optional.empty();
        };
    }

    private Snapshots snapshots() {
        return world.snapshots();
    }

    private static Optional<HttpResponse> json(Map<String, ?> object) {
        return Optional.of(HttpResponse.of(200, "application/json", Json.write(object)));
    }

    static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is missing.");
        }
        return value;
    }

    private static Map<String, String> query(HttpRequest request) {
        var query = new LinkedHashMap<String, String>();
        for (String part : request.query().split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static Map<String, Object> shown(Snapshots.Saved saved) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", saved.name());
        shown.put("at", saved.at().toString());
        shown.put("sequence", saved.sequence());
        shown.put("rows", saved.rows());
        shown.put("bytes", saved.bytes());
        return shown;
    }

    private boolean deleted(String name) {
        if (!snapshots().delete(name)) {
            throw new IllegalArgumentException("There is no snapshot '" + name + "'.");
        }
        return true;
    }

    private Snapshots.Saved load(String name) {
        Snapshots.Saved saved = snapshots().find(name);
        snapshots().load(name);
        return saved;
    }

    /// The file is made whole before its first byte goes out, so that a failure has a status of its own.
    private HttpResponse export(String name) throws IOException {
        Path file = Files.createTempFile("cloudjar-", ".snapshot");
        try {
            try (OutputStream to = Files.newOutputStream(file)) {
                snapshots().export(name, to);
            }
            long length = Files.size(file);
            InputStream content = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return new HttpResponse(
                    200, Headers.of("Content-Type", "application/zip"), Body.of(OptionalLong.of(length), content));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Snapshots.Saved read(String name, HttpRequest request) throws IOException {
        try (InputStream body = request.body().open()) {
            return snapshots().read(name, body);
        }
    }

    private Map<String, Object> diff(Map<String, String> query) {
        return DiffJson.of(snapshots().diff(required(query, "from"), query.getOrDefault("to", Snapshots.NOW)));
    }

    /// `to` is the number of a transaction, or an instant of the world's clock.
    private Snapshots.Saved replay(Map<String, String> order) {
        String to = required(order, "to");
        long sequence =
                to.matches("\\d{1,18}") ? Long.parseLong(to) : snapshots().sequenceAt(instant(to));
        String name = order.getOrDefault("name", "replay-" + sequence);
        Snapshots.Saved saved = snapshots().replay(sequence, name);
        if (Boolean.parseBoolean(order.get("load"))) {
            snapshots().load(name);
        }
        return saved;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither the number of a transaction nor a time like 2027-01-01T00:00:00Z.", e);
        }
    }

    /// The calls after `after`, by default the last ones; waits up to `wait` seconds for one.
    private Map<String, Object> journal(Map<String, String> query) {
        long last = world.store().sequence();
        long after =
                query.containsKey("after") ? number(query, "after", 0) : Math.max(0, last - number(query, "limit", 50));
        Duration patience = Duration.ofSeconds(Math.min(60, number(query, "wait", 0)));
        return world.time().await(patience, changed -> world.store().watch(EVERYTHING, changed), () -> {
            Map<String, Object> page = page(query, after);
            return new Time.Attempt<>(page, !List.of().equals(page.get("entries")), Optional.empty());
        });
    }

    private static long number(Map<String, String> query, String name, long otherwise) {
        String text = query.getOrDefault(name, Long.toString(otherwise));
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + name + "' is a number, not '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    private Map<String, Object> page(Map<String, String> query, long after) {
        List<Map<String, Object>> entries = new ArrayList<>();
        long most = Math.min(MOST_ENTRIES, number(query, "limit", MOST_ENTRIES));
        long[] last = {after};
        snapshots().journal(after, entry -> {
            last[0] = entry.sequence();
            if (wanted(query, entry)) {
                entries.add(shown(entry));
            }
            return entries.size() < most;
        });
        var page = new LinkedHashMap<String, Object>();
        page.put("entries", entries);
        page.put("last", last[0]);
        return page;
    }

    private static boolean wanted(Map<String, String> query, JournalEntry entry) {
        String resource = query.getOrDefault("resource", "");
        return entry.who().service().contains(query.getOrDefault("service", ""))
                && entry.who().principal().contains(query.getOrDefault("principal", ""))
                && (resource.isEmpty()
                        || entry.touched().stream().anyMatch(row -> row.what().contains(resource)));
    }

    private static Map<String, Object> shown(JournalEntry entry) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("sequence", entry.sequence());
        shown.put("at", entry.at().toString());
        shown.put("requestId", entry.requestId());
        shown.put("service", entry.who().service());
        shown.put("operation", entry.who().operation());
        shown.put("principal", entry.who().principal());
        shown.put("account", entry.who().account());
        shown.put("region", entry.who().region());
        shown.put(
                "touched",
                entry.touched().stream()
                        .map(row -> Map.of("what", row.what(), "deleted", row.deleted()))
                        .toList());
        return shown;
    }
}

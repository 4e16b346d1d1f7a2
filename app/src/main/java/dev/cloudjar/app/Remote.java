package dev.cloudjar.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The commands that speak to a running cloud: `snapshot`, `branch`, `diff`, `replay`, `journal`, `clock`,
/// `why` and `least-privilege`. Each is a request to the admin API, whose answer is printed.
final class Remote {
    static final Set<String> COMMANDS =
            Set.of("snapshot", "branch", "diff", "replay", "journal", "clock", "why", "least-privilege");

    private static final Map<String, String> USAGE = Map.of(
            "snapshot", "snapshot save|load|delete NAME, snapshot list, snapshot export|import NAME FILE",
            "branch", "branch NAME [--from SNAPSHOT] [--on PORT], branch list, branch stop|start|delete NAME",
            "diff", "diff SNAPSHOT [SNAPSHOT|now] [--json]",
            "replay", "replay --to TIME|NUMBER [--as NAME] [--load]",
            "journal", "journal tail [--service S] [--resource R] [--principal P]",
            "why", "why REQUEST-ID",
            "least-privilege", "least-privilege ROLE-ARN",
            "clock", "clock [freeze|reset|set TIME|advance DURATION|scale NUMBER]");

    private final URI endpoint;
    private final PrintStream out;
    private final HttpClient client = HttpClient.newHttpClient();

    Remote(URI endpoint, PrintStream out) {
        this.endpoint = endpoint;
        this.out = out;
    }

    /// The words of a command, apart from its options.
    private record Words(String command, Deque<String> words, Map<String, String> options) {
        private static final Set<String> SWITCHES = Set.of("json", "load");

        static Words of(String command, List<String> arguments) {
            var words = new ArrayDeque<String>();
            var options = new LinkedHashMap<String, String>();
            var rest = new ArrayDeque<>(arguments);
            while (!rest.isEmpty()) {
                String word = rest.poll();
                if (!word.startsWith("--")) {
                    words.add(word);
                } else if (SWITCHES.contains(word.substring(2))) {
                    options.put(word.substring(2), "true");
                } else if (rest.isEmpty()) {
                    throw new Options.Misuse(word + " needs a value.");
                } else {
                    options.put(word.substring(2), rest.poll());
                }
            }
            return new Words(command, words, options);
        }

        String next() {
            String word = words.poll();
            if (word == null) {
                throw misuse();
            }
            return word;
        }

        Options.Misuse misuse() {
            return new Options.Misuse("Usage: ./cloudjar " + USAGE.get(command));
        }
    }

    void run(String command, List<String> arguments) throws IOException, InterruptedException {
        Words words = Words.of(command, arguments);
        switch (command) {
            case "snapshot" -> snapshot(words);
            case "branch" -> branch(words);
            case "diff" -> diff(words);
            case "replay" -> replay(words);
            case "journal" -> journal(words);
            case "why" -> out.print(get("decisions?request=" + encoded(words.next())));
            case "least-privilege" -> out.print(get("least-privilege?role=" + encoded(words.next())));
            default -> clock(words);
        }
    }

    private void snapshot(Words words) throws IOException, InterruptedException {
        switch (words.next()) {
            case "save" -> out.print(post("snapshots", Map.of("name", words.next())));
            case "list" -> out.print(get("snapshots"));
            case "load" -> out.print(post("snapshots/" + encoded(words.next()) + "/load", Map.of()));
            case "delete" -> out.print(send("DELETE", "snapshots/" + encoded(words.next()), BodyPublishers.noBody()));
            case "export" -> export(words.next(), Path.of(words.next()));
            case "import" -> {
                String path = "snapshots/" + encoded(words.next()) + "/import";
                out.print(send("POST", path, BodyPublishers.ofFile(Path.of(words.next()))));
            }
            default -> throw words.misuse();
        }
    }

    private void export(String name, Path file) throws IOException, InterruptedException {
        HttpRequest request = request("GET", "snapshots/" + encoded(name) + "/export", BodyPublishers.noBody());
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException(new String(body.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
            Files.copy(body, file);
        }
        out.println("The snapshot " + name + " is in " + file + ".");
    }

    private void branch(Words words) throws IOException, InterruptedException {
        switch (words.next()) {
            case "list" -> out.print(get("branches"));
            case "delete" -> out.print(send("DELETE", "branches/" + encoded(words.next()), BodyPublishers.noBody()));
            case "stop" -> out.print(post("branches/" + encoded(words.next()) + "/stop", Map.of()));
            case "start" -> out.print(post("branches/" + encoded(words.next()) + "/start", Map.of()));
            case String name -> {
                var order = new LinkedHashMap<String, String>();
                order.put("name", name);
                order.put("snapshot", words.options().getOrDefault("from", ""));
                order.put("port", words.options().getOrDefault("on", "0"));
                out.print(post("branches", order));
            }
        }
    }

    private void diff(Words words) throws IOException, InterruptedException {
        String from = words.next();
        String to = words.words().isEmpty() ? "now" : words.next();
        String answer = get("diff?from=" + encoded(from) + "&to=" + encoded(to));
        out.print(words.options().containsKey("json") ? answer : DiffText.of(answer));
    }

    private void replay(Words words) throws IOException, InterruptedException {
        var order = new LinkedHashMap<String, String>();
        if (!words.options().containsKey("to")) {
            throw words.misuse();
        }
        words.options().forEach((name, value) -> order.put(name.equals("as") ? "name" : name, value));
        out.print(post("replay", order));
    }

    /// Prints what comes, until the process is ended.
    private void journal(Words words) throws IOException, InterruptedException {
        if (!words.next().equals("tail")) {
            throw words.misuse();
        }
        var query = new StringBuilder("journal?wait=30");
        words.options()
                .forEach((name, value) ->
                        query.append('&').append(name).append('=').append(encoded(value)));
        String after = "";
        while (true) {
            JournalText.Page page = JournalText.of(get(query + after));
            out.print(page.text());
            out.flush();
            after = "&after=" + page.last();
        }
    }

    private void clock(Words words) throws IOException, InterruptedException {
        if (words.words().isEmpty()) {
            out.print(get("clock"));
            return;
        }
        String what = words.next();
        out.print(post("clock", Map.of(what, words.words().isEmpty() ? "true" : words.next())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    private String post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofString(Json.write(body)));
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(endpoint.resolve("/_cloudjar/" + path))
                .method(method, body)
                .build();
    }

    private String send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request(method, path, body), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body().strip());
            }
            return answer.body();
        } catch (ConnectException e) {
            throw new IOException(
                    "No cloud answers at " + endpoint + "; start it, or name its port with CLOUDJAR_PORT.", e);
        }
    }
}

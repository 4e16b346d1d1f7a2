package dev.cloudjar.conformance.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rows of `refusals.txt`, which explains its form.
public record RefusalTable(List<Request> setup, List<Group> groups) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern TEXT = Pattern.compile("\\{(\\S)\\*(\\d+)}");
    private static final Pattern ELEMENTS = Pattern.compile("\\[\\[(.*?)\\*(\\d+)]]");

    /// One operation and what is sent to it.
    public record Request(String operation, JsonNode input) {
        static Request parse(String line) throws IOException {
            int space = line.indexOf(' ');
            return new Request(line.substring(0, space), json(line.substring(space)));
        }

        /// The request with the members of `edit` in place of its own, and without those that are null there.
        public Request edited(JsonNode edit) {
            return new Request(operation, merged(input.deepCopy(), edit));
        }

        private static JsonNode merged(JsonNode target, JsonNode edit) {
            if (!(edit instanceof ObjectNode changes)) {
                return edit;
            }
            ObjectNode changed = target instanceof ObjectNode object ? object : MAPPER.createObjectNode();
            changes.properties().forEach(change -> {
                if (change.getValue().isNull()) {
                    changed.remove(change.getKey());
                } else {
                    changed.set(change.getKey(), merged(changed.path(change.getKey()), change.getValue()));
                }
            });
            return changed;
        }
    }

    /// An edit, code and message with which it is refused, and who says so.
    public record Row(JsonNode edit, String refusal, String source) {}

    /// A request that is answered, and its rows.
    public record Group(String name, Request request, List<Row> rows) {}

    /// The table of a service, where there is one.
    public static Optional<RefusalTable> of(String service) throws IOException {
        return service.equals("dynamodb") ? Optional.of(read()) : Optional.empty();
    }

    static RefusalTable read() throws IOException {
        var setup = new ArrayList<Request>();
        var groups = new ArrayList<Group>();
        String source = "";
        for (String line : text().lines().toList()) {
            if (line.startsWith("@ ")) {
                source = line.substring(2);
            } else if (line.startsWith("+ ")) {
                setup.add(Request.parse(line.substring(2)));
            } else if (line.startsWith("= ")) {
                groups.add(new Group(line.substring(2), Request.parse(line.substring(2)), new ArrayList<>()));
            } else if (line.startsWith("{")) {
                String[] halves = line.split(" -> ", 2);
                groups.getLast().rows().add(new Row(json(halves[0]), expanded(halves[1]), source));
            }
        }
        return new RefusalTable(setup, groups);
    }

    private static String text() throws IOException {
        try (InputStream in = Objects.requireNonNull(RefusalTable.class.getResourceAsStream("refusals.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(expanded(text));
    }

    /// `{x*3}` is three of the letter, `[[#*3]]` a list of three with their numbers.
    private static String expanded(String text) {
        String letters =
                TEXT.matcher(text).replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
        return ELEMENTS.matcher(letters)
                .replaceAll(found -> IntStream.range(0, Integer.parseInt(found.group(2)))
                        .mapToObj(number -> found.group(1).replace("#", Integer.toString(number)))
                        .collect(Collectors.joining(",", "[", "]")));
    }
}

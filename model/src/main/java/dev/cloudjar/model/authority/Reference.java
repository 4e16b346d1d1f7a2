package dev.cloudjar.model.authority;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the service authorization reference says of one service, by the prefix that its actions have. Read from
/// the class path each time it is asked for.
public final class Reference {
    static final String DIRECTORY = "/dev/cloudjar/model/authority/";

    /// A kind of resource: how its ARN looks (`arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`).
    public record ResourceType(String name, String arn, List<String> keys) {}

    /// An action, how far it reaches (`L`ist, `R`ead, `W`rite, `T`agging, `P`ermissions management), the
    /// resources it is about, with `*` behind those that it must name, and its condition keys.
    public record Action(String name, char level, List<String> resources, List<String> keys) {}

    private final String prefix;
    private final String title;
    private final Map<String, ResourceType> resources = new LinkedHashMap<>();
    private final Map<String, Action> actions = new LinkedHashMap<>();

    private Reference(String prefix, List<String> lines) {
        this.prefix = prefix;
        this.title = lines.getFirst().substring("service ".length());
        lines.stream().skip(1).forEach(this::add);
    }

    /// The service whose actions begin with `prefix`, where AWS has one.
    public static Optional<Reference> of(String prefix) {
        return lines(prefix + ".txt").map(lines -> new Reference(prefix, lines));
    }

    /// The service whose requests are signed as `signingName`, which for a few is not the prefix of its actions.
    public static Optional<Reference> signedAs(String signingName) {
        String prefix = lines("aliases").orElse(List.of()).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(signingName))
                .map(words -> words[1])
                .findFirst()
                .orElse(signingName);
        return of(prefix);
    }

    /// The prefixes of all services, in order.
    public static List<String> prefixes() {
        return lines("prefixes").orElse(List.of());
    }

    private static Optional<List<String>> lines(String name) {
        try (InputStream in = Reference.class.getResourceAsStream(DIRECTORY.concat(name))) {
            if (in == null) {
                return Optional.empty();
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `resource NAME ARN KEY...`, or `ACTION LEVEL RESOURCE... | KEY...`.
    private void add(String line) {
        List<String> words = List.of(line.split(" "));
        if (words.getFirst().equals("resource")) {
            var type = new ResourceType(words.get(1), words.get(2), words.subList(3, words.size()));
            resources.put(type.name(), type);
            return;
        }
        int bar = words.indexOf("|");
        int end = bar < 0 ? words.size() : bar;
        List<String> keys = bar < 0 ? List.of() : new ArrayList<>(words.subList(bar + 1, words.size()));
        var action = new Action(words.get(0), words.get(1).charAt(0), words.subList(2, end), keys);
        actions.put(action.name().toLowerCase(Locale.ROOT), action);
    }

    public String prefix() {
        return prefix;
    }

    /// The name of the service, as people know it.
    public String title() {
        return title;
    }

    public List<Action> actions() {
        return List.copyOf(actions.values());
    }

    public Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<ResourceType> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }
}

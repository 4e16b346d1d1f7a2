package dev.cloudjar.services.dynamodb.expression;

import dev.cloudjar.services.dynamodb.expression.Problems.Rank;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which parts of an item are wanted: document paths. What is taken of a list keeps its order, not its place.
public record Excerpt(List<Path> paths) {
    public Excerpt {
        paths = List.copyOf(paths);
    }

    public static Excerpt parse(String text, Placeholders given) {
        return Reading.read("ProjectionExpression", text, given, Excerpt::read);
    }

    private static Excerpt read(Reading in) {
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(in.path());
        } while (in.takes(","));
        Path.clash(paths).ifPresent(clash -> in.problem(Rank.CLASH, clash));
        return new Excerpt(paths);
    }

    public static Excerpt ofAttributes(List<String> names) {
        return new Excerpt(names.stream().map(Path::of).toList());
    }

    public Map<String, Value> of(Map<String, Value> item) {
        return members(item, paths, 0);
    }

    /// What `within` has of the paths, all of which lead to it with their first `depth` steps.
    private static Map<String, Value> members(Map<String, Value> within, List<Path> paths, int depth) {
        Map<String, Value> taken = new LinkedHashMap<>();
        for (Map.Entry<Path.Step, List<Path>> way : byStep(paths, depth).entrySet()) {
            if (way.getKey() instanceof Path.Step.Name name && within.containsKey(name.name())) {
                part(within.get(name.name()), way.getValue(), depth + 1)
                        .ifPresent(part -> taken.put(name.name(), part));
            }
        }
        return taken;
    }

    private static List<Value> elements(List<Value> within, List<Path> paths, int depth) {
        List<Value> taken = new ArrayList<>();
        byStep(paths, depth).entrySet().stream()
                .filter(way -> way.getKey() instanceof Path.Step.Index)
                .sorted(java.util.Comparator.comparingInt(way -> ((Path.Step.Index) way.getKey()).index()))
                .forEach(way -> {
                    int index = ((Path.Step.Index) way.getKey()).index();
                    if (index < within.size()) {
                        part(within.get(index), way.getValue(), depth + 1).ifPresent(taken::add);
                    }
                });
        return taken;
    }

    private static Optional<Value> part(Value value, List<Path> paths, int depth) {
        if (paths.stream().anyMatch(path -> path.steps().size() == depth)) {
            return Optional.of(value);
        }
        return switch (value) {
            case Value.M map ->
                Optional.of(members(map.members(), paths, depth))
                        .filter(some -> !some.isEmpty())
                        .map(Value.M::new);
            case Value.L list ->
                Optional.of(elements(list.elements(), paths, depth))
                        .filter(some -> !some.isEmpty())
                        .map(Value.L::new);
            default -> Optional.empty();
        };
    }

    private static Map<Path.Step, List<Path>> byStep(List<Path> paths, int depth) {
        Map<Path.Step, List<Path>> ways = new LinkedHashMap<>();
        for (Path path : paths) {
            ways.computeIfAbsent(path.steps().get(depth), _ -> new ArrayList<>())
                    .add(path);
        }
        return ways;
    }
}

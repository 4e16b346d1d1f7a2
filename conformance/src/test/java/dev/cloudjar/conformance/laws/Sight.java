package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What one operation sees of the world before and after another is called. `news` are texts that only the call
/// can have brought there.
record Sight(OperationSchema observer, Optional<Outcome> before, Optional<Outcome> after, Set<String> news) {
    /// Calls `operation` and has the others look before and after. Who sees another thing each time is left out.
    static List<Sight> around(Scene scene, OperationSchema operation, List<OperationSchema> observers) {
        return around(scene, operation, scene.input(operation), observers);
    }

    static List<Sight> around(Scene scene, OperationSchema operation, Struct input, List<OperationSchema> observers) {
        return around(scene, operation, input, observers, outcome -> {});
    }

    /// The same; `answered` is told what the call was answered.
    static List<Sight> around(
            Scene scene,
            OperationSchema operation,
            Struct input,
            List<OperationSchema> observers,
            Consumer<Outcome> answered) {
        Map<OperationSchema, Optional<Outcome>> before = new HashMap<>();
        Set<OperationSchema> restless = new HashSet<>();
        for (OperationSchema observer : observers) {
            if (!Words.readsOnly(observer)) {
                continue;
            }
            Optional<Outcome> first = scene.look(observer);
            before.put(observer, first);
            if (first.isPresent() && !first.equals(scene.look(observer))) {
                restless.add(observer);
            }
        }
        Outcome outcome = scene.performed(operation, input, answered);
        Set<String> news = new HashSet<>(Outcome.texts(outcome.output()));
        news.addAll(Outcome.texts(Inputs.tree(input)));
        news.removeIf(text -> text.length() < 6);
        List<Sight> sights = new ArrayList<>();
        for (OperationSchema observer : observers) {
            if (!restless.contains(observer)) {
                Optional<Outcome> was = before.getOrDefault(observer, Optional.empty());
                sights.add(new Sight(observer, was, scene.look(observer), own(scene, observer, news)));
            }
        }
        return sights;
    }

    /// The news that the observer is not told by its own input.
    private static Set<String> own(Scene scene, OperationSchema observer, Set<String> news) {
        Set<String> own = new HashSet<>(news);
        scene.tried(observer).ifPresent(input -> own.removeAll(Outcome.texts(Inputs.tree(input))));
        return own;
    }

    /// The same where `old` is no news: the same call somewhere else has told it as well.
    Sight without(Collection<String> old) {
        var fresh = new HashSet<>(news);
        fresh.removeAll(old);
        return new Sight(observer, before, after, fresh);
    }

    /// Whether it shows that the call did something.
    boolean tells() {
        if (after.isEmpty()) {
            return before.filter(Outcome::succeeded).isPresent();
        }
        return before.isPresent() ? !before.equals(after) : after.get().succeeded() && toldNews();
    }

    private boolean toldNews() {
        return Outcome.texts(after.orElseThrow().output()).stream()
                .anyMatch(text -> news.stream().anyMatch(text::contains));
    }

    /// Whether what was there before is refused now.
    boolean gone() {
        return before.filter(Outcome::succeeded).isPresent()
                && after.filter(outcome -> !outcome.refused()).isEmpty();
    }

    /// The lists that have one element more.
    List<String> grown() {
        return changed(1);
    }

    /// The lists that have one element less.
    List<String> shrunk() {
        return changed(-1);
    }

    private List<String> changed(int by) {
        if (before.isEmpty()
                || after.isEmpty()
                || !after.get().succeeded()
                || !before.get().succeeded()) {
            return List.of();
        }
        Set<String> paths = new HashSet<>(before.get().lists().keySet());
        paths.addAll(after.get().lists().keySet());
        return paths.stream()
                .filter(path ->
                        after.get().list(path).size() - before.get().list(path).size() == by)
                .sorted()
                .toList();
    }

    /// Where something is other than before, whatever the order of lists and the names that were given.
    Set<String> places() {
        return difference().keySet().stream()
                .map(path -> path.replaceAll("\\[.*", "[]").replaceAll("law\\d+", "*"))
                .collect(Collectors.toSet());
    }

    /// What is other than before, by path; what is not there any more is empty.
    Map<String, String> difference() {
        Map<String, String> was = before.map(Outcome::leaves).orElse(Map.of());
        Map<String, String> is = after.map(Outcome::leaves).orElse(Map.of());
        var difference = new TreeMap<String, String>();
        was.keySet().forEach(path -> difference.put(path, is.getOrDefault(path, "")));
        difference.putAll(is);
        difference.entrySet().removeIf(leaf -> leaf.getValue().equals(was.get(leaf.getKey())));
        return difference;
    }
}

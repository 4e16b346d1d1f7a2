package dev.cloudjar.model.schema;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The shapes of a digest by name and number, with an empty structure made up for each operation that has no input
/// or no output, so that every operation has both.
final class ShapeTable {
    private final TreeMap<String, Entry> byName = new TreeMap<>();
    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    ShapeTable(Digest digest) {
        digest.shapes().forEach(shape -> byName.put(shape.name(), shape));
        for (Entry operation : digest.operations()) {
            inputs.put(operation.name(), structure(operation, "input", List.of("Request", "Input")));
            outputs.put(operation.name(), structure(operation, "output", List.of("Response", "Output")));
        }
        byName.keySet().forEach(name -> numbers.put(name, numbers.size()));
    }

    private String structure(Entry operation, String side, List<String> suffixes) {
        return operation.wordsOf(side).stream().findFirst().orElseGet(() -> {
            String name = suffixes.stream()
                    .map(suffix -> operation.name() + suffix)
                    .filter(candidate -> !byName.containsKey(candidate))
                    .findFirst()
                    .orElseThrow();
            byName.put(name, Entry.of("structure", name).flag("unit", true));
            return name;
        });
    }

    int size() {
        return byName.size();
    }

    Collection<Entry> entries() {
        return byName.values();
    }

    Entry entry(String name) {
        Entry entry = byName.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No such shape: " + name);
        }
        return entry;
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("No such shape: " + name);
        }
        return number;
    }

    int input(Entry operation) {
        return number(inputs.getOrDefault(operation.name(), ""));
    }

    int output(Entry operation) {
        return number(outputs.getOrDefault(operation.name(), ""));
    }
}

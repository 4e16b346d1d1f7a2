package dev.cloudjar.model.digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One line of a digest with the lines indented under it: words whose place gives their meaning, then flags, then
/// named facts. It is filled while a model is read or mended and not changed afterwards.
public final class Entry {
    private final List<String> words;
    private final Set<String> flags = new LinkedHashSet<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    private Entry(List<String> words) {
        this.words = new ArrayList<>(words);
    }

    public static Entry of(String... words) {
        return new Entry(List.of(words));
    }

    public static Entry of(List<String> words) {
        return new Entry(words);
    }

    public List<String> words() {
        return words;
    }

    public String word(int index) {
        return words.get(index);
    }

    /// The first word: what a top-level line describes (`operation`, `structure`), or what a nested one is called.
    public String kind() {
        return words.getFirst();
    }

    /// The second word of a top-level line: the name of the operation, shape or waiter.
    public String name() {
        return words.get(1);
    }

    public Set<String> flags() {
        return flags;
    }

    public boolean is(String flag) {
        return flags.contains(flag);
    }

    public Map<String, String> facts() {
        return facts;
    }

    public Optional<String> fact(String key) {
        return Optional.ofNullable(facts.get(key));
    }

    public List<Entry> entries() {
        return entries;
    }

    /// The nested line that begins with `kind`.
    public Optional<Entry> entry(String kind) {
        return entries.stream().filter(e -> e.kind().equals(kind)).findFirst();
    }

    /// The words after the first of the nested line that begins with `kind`; none where there is no such line.
    public List<String> wordsOf(String kind) {
        return entry(kind).map(e -> e.words.subList(1, e.words.size())).orElse(List.of());
    }

    public Entry with(String key, String value) {
        facts.put(key, value);
        return this;
    }

    public Entry with(String key, Optional<String> value) {
        value.ifPresent(v -> facts.put(key, v));
        return this;
    }

    public Entry flag(String flag, boolean set) {
        if (set) {
            flags.add(flag);
        }
        return this;
    }

    public Entry under(Entry nested) {
        entries.add(nested);
        return this;
    }

    /// Adds a line of `kind` and `values` unless there are none.
    public Entry list(String kind, List<String> values) {
        if (!values.isEmpty()) {
            Entry nested = of(kind);
            nested.words.addAll(values);
            entries.add(nested);
        }
        return this;
    }

    @Override
    public String toString() {
        return words + " " + flags + " " + facts;
    }
}

package dev.cloudjar.kernel.policy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiled policies by their text, so that each is read once. A text that is no policy allows nothing.
public final class Documents {
    private static final int MOST = 4096;
    private static final Document NOTHING = new Document(List.of());

    private record Name(String text, Grammar grammar) {}

    private final Map<Name, Document> compiled = new ConcurrentHashMap<>();

    public Document of(String text, Grammar grammar) {
        var name = new Name(text, grammar);
        Document known = compiled.get(name);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= MOST) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(name, _ -> compile(text, grammar));
    }

    private static Document compile(String text, Grammar grammar) {
        try {
            return Document.parse(text, grammar);
        } catch (Malformed unreadable) {
            return NOTHING;
        }
    }
}

package dev.cloudjar.wire.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parameters of a query request as a tree: `A.member.1=x` is the value of the child `1` of the child `member`
/// of the child `A`.
final class QueryNode {
    /// A request with more levels than that in one name means no good.
    private static final int MAX_LEVELS = 4 * TreeReader.MAX_DEPTH;

    private final Map<String, QueryNode> children = HashMap.newHashMap(4);
    private @Nullable String value;

    void add(String name, String text) {
        QueryNode node = this;
        int start = 0;
        for (int level = 0; ; level++) {
            int dot = name.indexOf('.', start);
            String part = name.substring(start, dot < 0 ? name.length() : dot);
            node = node.children.computeIfAbsent(part, p -> new QueryNode());
            if (dot < 0) {
                break;
            }
            if (level > MAX_LEVELS) {
                throw new Unreadable("");
            }
            start = dot + 1;
        }
        node.value = text;
    }

    Optional<String> value() {
        return Optional.ofNullable(value);
    }

    Optional<QueryNode> child(String name) {
        return Optional.ofNullable(children.get(name));
    }

    /// The children that are numbered, in their order; gaps do not matter.
    NavigableMap<Integer, QueryNode> numbered() {
        var numbered = new TreeMap<Integer, QueryNode>();
        children.forEach((name, child) -> {
            if (isNumber(name)) {
                numbered.put(Integer.valueOf(name), child);
            }
        });
        return numbered;
    }

    private static boolean isNumber(String name) {
        if (name.isEmpty() || name.length() > 9) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}

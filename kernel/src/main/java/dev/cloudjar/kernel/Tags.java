package dev.cloudjar.kernel;

import dev.cloudjar.model.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tags of one resource, as a row; and tags as services' structures have them, which are a key and a value
/// whatever their names.
public record Tags(Key key, Map<String, String> tags) implements Row<Tags.Key> {
    record Key(String kind, String id) {}

    /// Structures of a key and a value as a map; of several with one key, the last counts.
    public static Map<String, String> of(List<? extends Struct> tags) {
        var map = new LinkedHashMap<String, String>();
        tags.forEach(tag -> map.put(text(tag.get(0)), text(tag.get(1))));
        return map;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /// A map as structures, each filled after `tag` has made it: `Tags.as(tags, Tag::new)`.
    public static <T extends Struct> List<T> as(Map<String, String> tags, Supplier<T> tag) {
        return tags.entrySet().stream()
                .map(entry -> {
                    T made = tag.get();
                    made.set(0, entry.getKey());
                    made.set(1, entry.getValue());
                    return made;
                })
                .toList();
    }
}

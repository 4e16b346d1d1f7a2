package dev.cloudjar.kernel.policy;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The condition keys that an input holds: the tags it asks for, and the keys of the service that bear the name
/// of a member, on the wire or in the model (`s3:prefix`, `s3:x-amz-acl`, `iam:PolicyARN`).
final class RequestKeys {
    static final String REQUEST_TAG = "aws:requesttag/";
    private static final String TAG_KEYS = "aws:tagkeys";
    private static final Set<String> TAG_MEMBERS = Set.of("tags", "taglist", "tagset", "tagstoadd");

    private final Map<String, Member> members = new HashMap<>();
    private final Optional<Member> tags;
    private final Optional<Member> tagKeys;

    RequestKeys(StructShape input, List<String> keys) {
        for (String key : keys) {
            String name = plain(key.substring(key.indexOf(':') + 1));
            input.members().stream()
                    .filter(m ->
                            plain(m.name()).equals(name) || plain(m.wireName()).equals(name))
                    .findFirst()
                    .ifPresent(m -> members.put(key.toLowerCase(Locale.ROOT), m));
        }
        this.tags = input.members().stream()
                .filter(m -> TAG_MEMBERS.contains(plain(m.name())))
                .findFirst();
        this.tagKeys = input.members().stream()
                .filter(m -> plain(m.name()).equals("tagkeys"))
                .findFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /// The values of `key`, which is in lower case, in `input`.
    List<String> of(String key, Struct input) {
        if (key.startsWith(REQUEST_TAG)) {
            return tags(input).entrySet().stream()
                    .filter(tag -> tag.getKey().equalsIgnoreCase(key.substring(REQUEST_TAG.length())))
                    .map(Map.Entry::getValue)
                    .toList();
        }
        if (key.equals(TAG_KEYS)) {
            return tagKeys.map(member -> texts(input.get(member)))
                    .filter(keys -> !keys.isEmpty())
                    .orElseGet(() -> List.copyOf(tags(input).keySet()));
        }
        Member member = members.get(key);
        return member == null ? List.of() : texts(input.get(member));
    }

    private Map<String, String> tags(Struct input) {
        var found = new LinkedHashMap<String, String>();
        Object value = tags.map(input::get).orElse(null);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, tag) -> found.put(String.valueOf(key), String.valueOf(tag)));
        }
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Struct tag) {
                    Object key = Optional.ofNullable(tag.get("Key")).orElse(tag.get("TagKey"));
                    Object text = Optional.ofNullable(tag.get("Value")).orElse(tag.get("TagValue"));
                    found.put(String.valueOf(key), text == null ? "" : text.toString());
                }
            }
        }
        return found;
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Struct _ -> List.of();
            case Map<?, ?> _ -> List.of();
            case List<?> list -> {
                var texts = new ArrayList<String>();
                list.forEach(each -> texts.addAll(texts(each)));
                yield texts;
            }
            default -> List.of(value.toString());
        };
    }
}

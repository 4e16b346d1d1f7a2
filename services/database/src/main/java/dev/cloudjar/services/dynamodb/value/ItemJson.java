package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Items in DynamoDB's JSON, a line each, as exports write and imports read them.
public final class ItemJson {
    private ItemJson() {}

    /// A line with items and keys by the names that `parts` have there.
    public static String line(Map<String, Map<String, Value>> parts) {
        Map<String, Object> line = new LinkedHashMap<>();
        parts.forEach((name, item) -> line.put(name, tree(item)));
        return Json.write(line) + '\n';
    }

    /// An item as JSON would have it: `{id={S=a}}`.
    public static Map<String, @Nullable Object> tree(Map<String, Value> item) {
        Map<String, @Nullable Object> tree = LinkedHashMap.newLinkedHashMap(item.size());
        item.forEach((name, value) -> tree.put(name, tree(value)));
        return tree;
    }

    private static Object tree(Value value) {
        Object content = switch (value) {
            case Value.Scalar scalar -> content(scalar);
            case Value.Many set -> set.members().stream().map(ItemJson::content).toList();
            case Value.M map -> tree(map.members());
            case Value.L list -> list.elements().stream().map(ItemJson::tree).toList();
            case Value.Null _ -> true;
            case Value.Bool bool -> bool.truth();
        };
        return Map.of(value.type().name(), content);
    }

    private static String content(Value.Scalar scalar) {
        return switch (scalar) {
            case Value.S text -> text.text();
            case Value.N number -> number.text();
            case Value.B binary -> binary.bytes().base64();
        };
    }

    /// The item of a line `{"Item":{…}}`, or DynamoDB's refusal of what is none.
    public static Map<String, Value> item(String line) {
        Map<?, ?> members =
                map(map(Json.object(line).orElseThrow(ItemJson::malformed)).get("Item"));
        return AttributeValues.read(values(members));
    }

    private static Map<String, AttributeValue> values(Map<?, ?> members) {
        Map<String, AttributeValue> values = LinkedHashMap.newLinkedHashMap(members.size());
        members.forEach((name, value) -> values.put(String.valueOf(name), value(value)));
        return values;
    }

    private static AttributeValue value(@Nullable Object tree) {
        var value = new AttributeValue();
        map(tree).forEach((type, content) -> {
            switch (String.valueOf(type)) {
                case "S" -> value.s(text(content));
                case "N" -> value.n(text(content));
                case "B" -> value.b(binary(content));
                case "SS" -> value.ss(list(content, ItemJson::text));
                case "NS" -> value.ns(list(content, ItemJson::text));
                case "BS" -> value.bs(list(content, ItemJson::binary));
                case "M" -> value.m(values(map(content)));
                case "L" -> value.l(list(content, ItemJson::value));
                case "NULL" -> value.null_(truth(content));
                case "BOOL" -> value.bool(truth(content));
                default -> throw malformed();
            }
        });
        return value;
    }

    private static Map<?, ?> map(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw malformed();
    }

    private static String text(@Nullable Object tree) {
        if (tree instanceof String text) {
            return text;
        }
        throw malformed();
    }

    private static boolean truth(@Nullable Object tree) {
        if (tree instanceof Boolean truth) {
            return truth;
        }
        throw malformed();
    }

    /// The bytes that a text is in base 64.
    public static Blob binary(@Nullable Object tree) {
        try {
            return Blob.of(Base64.getDecoder().decode(text(tree)));
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
    }

    private static <E> List<E> list(@Nullable Object tree, Function<@Nullable Object, E> element) {
        if (!(tree instanceof List<?> list)) {
            throw malformed();
        }
        List<E> elements = new ArrayList<>(list.size());
        list.forEach(each -> elements.add(element.apply(each)));
        return elements;
    }

    private static AwsError malformed() {
        return Refusals.invalid("Malformed record");
    }
}

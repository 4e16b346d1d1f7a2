package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AttributeDefinition;
import dev.cloudjar.api.DynamoDb.KeySchemaElement;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The key attributes that a request defines, and the keys of table and indexes that it makes of them.
record KeyDefinition(Map<String, KeyAttribute> defined, Set<String> used) {
    private static final int MOST_IN_INDEX = 4;

    static KeyDefinition of(List<AttributeDefinition> definitions) {
        Map<String, KeyAttribute> defined = new LinkedHashMap<>();
        for (AttributeDefinition each : definitions) {
            var attribute = new KeyAttribute(each.attributeName(), Type.valueOf(each.attributeType()));
            if (defined.put(attribute.name(), attribute) != null) {
                throw Refusals.parameters(
                        "Cannot add, delete, or modify attributes: duplicate AttributeName in"
                                + " AttributeDefinitions: %s",
                        attribute.name());
            }
        }
        return new KeyDefinition(defined, new HashSet<>());
    }

    List<KeyAttribute> attributes() {
        return List.copyOf(defined.values());
    }

    /// The key of a table: a hash key, and a range key or none.
    Keys table(List<KeySchemaElement> schema) {
        checkOrder(schema);
        if (schema.size() > 2) {
            throw Refusals.parameters("Too many KeySchema elements; a table has at most two");
        }
        if (schema.getLast().keyType().equals("HASH") && schema.size() > 1) {
            throw Refusals.invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        if (schema.stream().anyMatch(each -> !defined.containsKey(each.attributeName()))) {
            throw Refusals.invalid("Invalid KeySchema: Some index key attribute have no definition");
        }
        return keys(schema);
    }

    /// The key of an index: attributes that spread, then attributes that order.
    Keys index(List<KeySchemaElement> schema) {
        checkOrder(schema);
        List<String> names =
                schema.stream().map(KeySchemaElement::attributeName).toList();
        if (names.stream().anyMatch(name -> !defined.containsKey(name))) {
            throw Refusals.parameters(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: %s,"
                            + " AttributeDefinitions: %s",
                    Parameters.joined(names), Parameters.joined(List.copyOf(defined.keySet())));
        }
        Keys keys = keys(schema);
        if (keys.hash().size() > MOST_IN_INDEX || keys.range().size() > MOST_IN_INDEX) {
            throw Refusals.parameters("An index has at most %d attributes of each key type", MOST_IN_INDEX);
        }
        return keys;
    }

    private static void checkOrder(List<KeySchemaElement> schema) {
        if (!schema.getFirst().keyType().equals("HASH")) {
            throw Refusals.invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (schema.size() == 2) {
            if (schema.get(0).attributeName().equals(schema.get(1).attributeName())) {
                throw Refusals.invalid(
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
            }
        }
        boolean ordering = false;
        for (KeySchemaElement each : schema) {
            ordering |= each.keyType().equals("RANGE");
            if (ordering && each.keyType().equals("HASH")) {
                throw Refusals.invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
            }
        }
    }

    private Keys keys(List<KeySchemaElement> schema) {
        List<KeyAttribute> hash = new ArrayList<>();
        List<KeyAttribute> range = new ArrayList<>();
        for (KeySchemaElement each : schema) {
            KeyAttribute attribute = defined.get(each.attributeName());
            if (attribute != null) {
                used.add(attribute.name());
                (each.keyType().equals("HASH") ? hash : range).add(attribute);
            }
        }
        return new Keys(hash, range);
    }

    /// Refuses definitions that no key needs.
    void checkAllUsed(boolean indexed) {
        if (used.size() == defined.size()) {
            return;
        }
        if (!indexed) {
            throw Refusals.parameters("Number of attributes in KeySchema does not exactly match number of attributes"
                    + " defined in AttributeDefinitions");
        }
        throw Refusals.parameters(
                "Some AttributeDefinitions are not used. AttributeDefinitions: %s, keys used: %s",
                Parameters.joined(List.copyOf(defined.keySet())),
                Parameters.joined(
                        defined.keySet().stream().filter(used::contains).toList()));
    }
}

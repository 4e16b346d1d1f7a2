package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.KeySchemaElement;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The key of a table or an index: what spreads items over partitions and what orders them there. A table has one
/// attribute of each at most, an index up to four.
record Keys(List<KeyAttribute> hash, List<KeyAttribute> range) {
    Stream<KeyAttribute> all() {
        return Stream.concat(hash.stream(), range.stream());
    }

    List<String> names() {
        return all().map(KeyAttribute::name).toList();
    }

    int size() {
        return hash.size() + range.size();
    }

    boolean has(String attribute) {
        return find(attribute).isPresent();
    }

    Optional<KeyAttribute> find(String attribute) {
        return all().filter(key -> key.name().equals(attribute)).findFirst();
    }

    /// The key attributes of `item`, as far as it has them.
    Map<String, Value> of(Map<String, Value> item) {
        Map<String, Value> key = LinkedHashMap.newLinkedHashMap(size());
        all().filter(attribute -> item.containsKey(attribute.name()))
                .forEach(attribute -> key.put(attribute.name(), item.get(attribute.name())));
        return key;
    }

    /// The bytes under which `item` stands, or nothing where it lacks a part of the key.
    Optional<Blob> bytes(Map<String, Value> item) {
        return bytes(item, Optional.empty());
    }

    /// The same in an index, where items may share a key: `base` tells them apart.
    Optional<Blob> bytes(Map<String, Value> item, Optional<Blob> base) {
        List<Value.Scalar> partition = new ArrayList<>(hash.size());
        for (KeyAttribute attribute : hash) {
            if (!(item.get(attribute.name()) instanceof Value.Scalar value) || value.type() != attribute.type()) {
                return Optional.empty();
            }
            partition.add(value);
        }
        KeyBytes bytes = KeyBytes.partition(partition);
        for (KeyAttribute attribute : range) {
            if (!(item.get(attribute.name()) instanceof Value.Scalar value) || value.type() != attribute.type()) {
                return Optional.empty();
            }
            bytes.add(value);
        }
        base.ifPresent(bytes::addAll);
        return Optional.of(bytes.blob());
    }

    List<KeySchemaElement> describe() {
        return Stream.concat(
                        hash.stream().map(key -> element(key, "HASH")),
                        range.stream().map(key -> element(key, "RANGE")))
                .toList();
    }

    private static KeySchemaElement element(KeyAttribute key, String type) {
        return new KeySchemaElement().attributeName(key.name()).keyType(type);
    }
}

package dev.cloudjar.services.dynamodb;

import java.util.List;
import java.util.stream.Stream;

/// The first of some things, and whether there are more: pages of DynamoDB's go on after the last thing that was
/// listed, which their callers know by its name.
record Cut<T>(List<T> page, boolean more) {
    static <T> Cut<T> of(Stream<T> all, int most) {
        List<T> found = all.limit(most + 1L).toList();
        return new Cut<>(found.subList(0, Math.min(most, found.size())), found.size() > most);
    }
}

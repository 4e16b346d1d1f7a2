package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// One page of a listing: the rows whose keys have a prefix, those that share more with it up to a delimiter
/// rolled up into one common prefix, which is passed in one step however many keys it has.
///
/// @param rows what has been found, in order
/// @param prefixes the common prefixes
/// @param last the key or common prefix at which the next page begins, where there is one
record Scan<V>(List<V> rows, List<String> prefixes, Optional<String> last) {
    /// What is asked for: keys of `bucket` after `after`, at most so many of them and of common prefixes
    /// together.
    record Wish(String bucket, String prefix, String delimiter, String after, int most) {
        /// The common prefix that `key` is rolled up into, or nothing.
        Optional<String> common(String key) {
            int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + delimiter.length()));
        }

        /// The key at which to begin: after a common prefix that was told before, all that has it is passed.
        String start() {
            if (after.isEmpty()) {
                return prefix;
            }
            boolean told = !delimiter.isEmpty()
                    && after.endsWith(delimiter)
                    && after.startsWith(prefix)
                    && after.length() > prefix.length();
            String next = told ? beyond(after) : after + '\0';
            return Utf8Order.compare(next, prefix) < 0 ? prefix : next;
        }
    }

    /// A string greater than all that begin with `prefix`, in the order of UTF-8.
    static String beyond(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        String stem = prefix.substring(0, prefix.length() - Character.charCount(last));
        if (last == Character.MAX_CODE_POINT) {
            return stem.isEmpty() ? prefix + Character.toString(last) : beyond(stem);
        }
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return stem + Character.toString(next);
    }

    static <K, V extends Row<K>> Scan<V> of(Table<K, V> table, Wish wish, Function<V, String> key) {
        List<V> found = new ArrayList<>(Math.min(wish.most(), 1000));
        List<String> prefixes = new ArrayList<>();
        if (wish.most() == 0) {
            return new Scan<>(found, prefixes, Optional.empty());
        }
        Optional<String> from = Optional.of(wish.start());
        String last = "";
        while (from.isPresent()) {
            var walk = new Walk<>(table, wish, key, from.get());
            Optional<V> next = walk.step(found, wish.most() - prefixes.size());
            if (next.isEmpty()) {
                return new Scan<>(found, prefixes, Optional.empty());
            }
            String name = key.apply(next.get());
            if (found.size() + prefixes.size() == wish.most()) {
                return new Scan<>(found, prefixes, Optional.of(greater(last, found, key)));
            }
            last = wish.common(name).orElseThrow();
            prefixes.add(last);
            from = Optional.of(beyond(last));
        }
        return new Scan<>(found, prefixes, Optional.empty());
    }

    private static <V> String greater(String prefix, List<V> found, Function<V, String> key) {
        String name = found.isEmpty() ? "" : key.apply(found.getLast());
        return Utf8Order.compare(prefix, name) > 0 ? prefix : name;
    }

    /// Rows from one key on, up to the first that is rolled up or one too many.
    private record Walk<K, V extends Row<K>>(Table<K, V> table, Wish wish, Function<V, String> key, String from) {
        Optional<V> step(List<V> found, int room) {
            try (Stream<V> rows = table.rows(Span.under(wish.bucket()).from(from))) {
                var each = rows.iterator();
                while (each.hasNext()) {
                    V row = each.next();
                    String name = key.apply(row);
                    if (!name.startsWith(wish.prefix())) {
                        return Optional.empty();
                    }
                    if (found.size() == room || wish.common(name).isPresent()) {
                        return Optional.of(row);
                    }
                    found.add(row);
                }
            }
            return Optional.empty();
        }
    }
}

package dev.cloudjar.kernel;

import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How rows that belong to resources read to people who compare states: as items of a table, not as bytes of a
/// lot. Rows and resources come as their components by name, as [dev.cloudjar.kernel.codec.PlainRow] reads them.
///
/// @param rows the simple name of the rows' class
/// @param owner the kind of the resources
/// @param part what a row belongs to, such as its lot
/// @param parts those of a resource, each with what its rows are called: `items`
/// @param reading a row as people read it
public record Telling(
        String rows,
        Kind<?> owner,
        Function<Map<String, @Nullable Object>, @Nullable Object> part,
        Function<Map<String, @Nullable Object>, Map<@Nullable Object, String>> parts,
        UnaryOperator<Map<String, @Nullable Object>> reading) {}

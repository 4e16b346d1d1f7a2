package dev.cloudjar.wire.validate;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as AWS's messages show them: as Java prints lists, maps and beans.
final class Rendering {
    private static final int LONGEST = 4096;

    private Rendering() {}

    static String of(Object value) {
        String text = text(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Struct struct -> struct(struct);
            case Collection<?> values ->
                values.stream().limit(LONGEST).map(Rendering::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> entries ->
                entries.entrySet().stream()
                        .limit(LONGEST)
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Blob blob -> "java.nio.HeapByteBuffer[pos=0 lim=" + blob.size() + " cap=" + blob.size() + "]";
            default -> value.toString();
        };
    }

    private static String struct(Struct struct) {
        return struct.shape().members().stream()
                .map(member -> lowered(member) + "=" + text(struct.get(member)))
                .collect(Collectors.joining(", ", struct.shape().name() + "(", ")"));
    }

    private static String lowered(Member member) {
        return Character.toLowerCase(member.name().charAt(0)) + member.name().substring(1);
    }
}

package dev.cloudjar.model.generator;

import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What generated code sees of this module: the declarations it is compiled against.
///
/// Each generated file carries the print of it, so that it changes, and is compiled again, when one of them does; a
/// change behind them compiles nothing again.
final class Surface {
    static final List<Class<?>> TYPES = List.of(
            Api.class,
            AwsError.class,
            Blob.class,
            Body.class,
            EventStream.class,
            OperationSchema.class,
            Schemas.class,
            ServiceSchema.class,
            Struct.class,
            StructShape.class);

    private Surface() {}

    /// Eight hexadecimal digits that are others for other declarations.
    static String print() {
        return print(TYPES);
    }

    static String print(List<Class<?>> types) {
        List<String> declarations = types.stream()
                .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
                .filter(type -> !Modifier.isPrivate(type.getModifiers()))
                .flatMap(type -> Stream.concat(Stream.of(heading(type)), members(type)))
                .sorted()
                .toList();
        return "%08x".formatted(declarations.hashCode());
    }

    private static String heading(Class<?> type) {
        return type.toGenericString() + type.getGenericSuperclass() + Arrays.toString(type.getGenericInterfaces());
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .<Member>flatMap(Arrays::stream)
                .filter(member -> !Modifier.isPrivate(member.getModifiers()) && !member.isSynthetic())
                .map(String::valueOf);
    }
}

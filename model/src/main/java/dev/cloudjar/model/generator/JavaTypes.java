package dev.cloudjar.model.generator;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.util.HashMap;
import java.util.Map;

/// The Java types of a service's shapes. All are written out in full, since shapes are called `Object`, `List` or
/// `Record` too; only the nested classes of the service go by their simple names.
final class JavaTypes {
    private final Map<String, String> classes = new HashMap<>();

    /// Names the classes of all structures and enumerations of `service`, in an interface called `api`.
    JavaTypes(ServiceSchema service, String api) {
        var scope = new Scope();
        scope.claim(api);
        for (String name : service.shapeNames()) {
            if (hasClass(service.shape(name).orElseThrow())) {
                classes.put(name, scope.claim(JavaNames.shape(name)));
            }
        }
    }

    static boolean hasClass(Shape shape) {
        return isEnumeration(shape) || shape instanceof StructShape;
    }

    static boolean isEnumeration(Shape shape) {
        return shape.type() == Type.STRING && !shape.constraints().values().isEmpty();
    }

    String className(Shape shape) {
        return classes.getOrDefault(shape.name(), "dev.cloudjar.model.Struct");
    }

    String of(Member member) {
        return member.is(Trait.STREAMING) && member.target().type() == Type.BLOB
                ? "dev.cloudjar.model.Body"
                : of(member.target());
    }

    /// The type of a value as an object, fit for a type argument.
    String of(Shape shape) {
        return switch (shape.type()) {
            case BOOLEAN -> "java.lang.Boolean";
            case INTEGER -> "java.lang.Integer";
            case LONG -> "java.lang.Long";
            case FLOAT -> "java.lang.Float";
            case DOUBLE -> "java.lang.Double";
            case STRING -> "java.lang.String";
            case TIMESTAMP -> "java.time.Instant";
            case BLOB -> "dev.cloudjar.model.Blob";
            case DOCUMENT -> "java.lang.Object";
            case LIST -> "java.util.List<" + of(element(shape)) + ">";
            case MAP -> "java.util.Map<java.lang.String, " + of(value(shape)) + ">";
            case STRUCTURE ->
                shape instanceof StructShape s && s.isEventStream()
                        ? "dev.cloudjar.model.EventStream"
                        : className(shape);
        };
    }

    /// The type of a value as a method takes or gives it: a primitive where there is one.
    String plain(Member member) {
        return switch (member.target().type()) {
            case BOOLEAN -> "boolean";
            case INTEGER -> "int";
            case LONG -> "long";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            default -> of(member);
        };
    }

    static Shape element(Shape shape) {
        if (shape instanceof ListShape list) {
            return list.element();
        }
        throw new IllegalArgumentException(shape + " is no list");
    }

    static Shape value(Shape shape) {
        if (shape instanceof MapShape map) {
            return map.value();
        }
        throw new IllegalArgumentException(shape + " is no map");
    }
}

package dev.cloudjar.model.generator;

import dev.cloudjar.model.Shape;

/// Writes the class of an enumeration: a string constant a known value, and the list of all. Values stay strings,
/// since AWS adds to its enumerations and clients send what they like.
record EnumSource(Shape shape, String name) {
    void write(Source out) {
        out.open("final class {}", name)
                .open("private {}()", name)
                .close()
                .line("/// All values that AWS's model knows.")
                .line(
                        "public static final java.util.List<java.lang.String> VALUES ="
                                + " SCHEMA.shape({}).orElseThrow().constraints().values();",
                        Source.literal(shape.name()));
        var scope = new Scope();
        scope.claim("VALUES");
        for (String value : shape.constraints().values()) {
            out.line(
                    "public static final java.lang.String {} = {};",
                    scope.claim(JavaNames.constant(value)),
                    Source.literal(value));
        }
        out.close();
    }
}

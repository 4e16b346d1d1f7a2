package dev.cloudjar.model.generator;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.model.Type;
import java.util.HashMap;
import java.util.Map;

/// Writes the class of one structure: a getter and setters a member, over the numbered slots of a `Struct`.
///
/// A required member reads as its plain type, an optional one as an `Optional`; lists and maps read as empty
/// where they are absent, and `hasX` tells.
final class StructSource {
    private static final String OPTIONAL = "java.util.Optional";

    private final StructShape shape;
    private final JavaTypes types;
    private final Source out;
    private final String name;
    private final Map<String, String> accessors = new HashMap<>();
    private final Scope scope = new Scope();

    StructSource(StructShape shape, JavaTypes types, Source out) {
        this.shape = shape;
        this.types = types;
        this.out = out;
        this.name = types.className(shape);
        shape.members().forEach(m -> accessors.put(m.name(), scope.claim(JavaNames.method(m.name()))));
    }

    void write() {
        out.open("final class {} extends dev.cloudjar.model.Struct", name)
                .line(
                        "private static final dev.cloudjar.model.StructShape SHAPE = SCHEMA.structure({});",
                        Source.literal(shape.name()))
                .open("public {}()", name)
                .line("super(SHAPE);")
                .close()
                .open("private {}(dev.cloudjar.model.StructShape shape)", name)
                .line("super(shape);")
                .close()
                .open("public static {} from(dev.cloudjar.model.Struct other)", name)
                .line("var copy = new {}();", name)
                .line("copy.copyFrom(other);")
                .line("return copy;")
                .close();
        shape.members().forEach(this::accessors);
        out.close();
    }

    private void accessors(Member member) {
        String accessor = accessors.getOrDefault(member.name(), "");
        switch (member.target().type()) {
            case LIST -> list(member, accessor);
            case MAP -> map(member, accessor);
            default -> value(member, accessor);
        }
    }

    private void list(Member member, String accessor) {
        String element = types.of(JavaTypes.element(member.target()));
        getter("java.util.List<" + element + ">", accessor, "listAt(" + member.index() + ")");
        has(member);
        setter("java.util.List<? extends " + element + ">", accessor, member);
    }

    private void map(Member member, String accessor) {
        String value = types.of(JavaTypes.value(member.target()));
        getter("java.util.Map<java.lang.String, " + value + ">", accessor, "mapAt(" + member.index() + ")");
        has(member);
        setter("java.util.Map<java.lang.String, ? extends " + value + ">", accessor, member);
    }

    private void value(Member member, String accessor) {
        String type = types.of(member);
        String plain = types.plain(member);
        boolean required = member.is(Trait.REQUIRED) && !shape.is(Flag.UNION);
        if (required) {
            getter(plain, accessor, "this.<" + type + ">requiredAt(" + member.index() + ")");
        } else {
            getter(OPTIONAL + "<" + type + ">", accessor, "optionalAt(" + member.index() + ")");
        }
        setter(plain, accessor, member);
        if (!required && member.target().type() != Type.DOCUMENT) {
            out.open("public {} {}({}<? extends {}> value)", name, accessor, OPTIONAL, type)
                    .line("setAt({}, value);", member.index())
                    .line("return this;")
                    .close();
        }
    }

    private void getter(String type, String accessor, String value) {
        out.open("public {} {}()", type, accessor).line("return {};", value).close();
    }

    /// A member that is itself called `HasX` keeps the name.
    private void has(Member member) {
        String has = scope.claim("has" + JavaNames.type(member.name()));
        out.open("public boolean {}()", has)
                .line("return has({});", member.index())
                .close();
    }

    private void setter(String type, String accessor, Member member) {
        out.open("public {} {}({} value)", name, accessor, type)
                .line("set({}, value);", member.index())
                .line("return this;")
                .close();
    }
}

package dev.cloudjar.model.generator;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Flag;
import java.util.ArrayList;
import java.util.List;

/// Writes the interface of one service with all its nested classes.
///
/// Dispatch goes by switch statements of a limited size, since the JVM does not compile huge methods; values pass
/// through `Object` on their way to `Struct`, since the verifier would else load each class to see that it fits.
final class ApiSource {
    private static final int CASES = 256;

    private final ServiceSchema service;
    private final String name;
    private final JavaTypes types;
    private final Source out = new Source();

    ApiSource(ServiceSchema service) {
        this.service = service;
        this.name = nameOf(service.facts());
        this.types = new JavaTypes(service, name);
    }

    /// `DynamoDb` for `DynamoDB`, `SecretsManager` for `Secrets Manager`.
    static String nameOf(ServiceSchema.Facts facts) {
        return JavaNames.type(facts.serviceId());
    }

    String name() {
        return name;
    }

    String write() {
        out.line("package {};", Generator.PACKAGE)
                .line("")
                .line(
                        "/// The operations of {}, generated from its model.",
                        service.facts().fullName())
                .line("/// Compiled against {}.", Surface.print())
                .line("@org.jspecify.annotations.NullMarked")
                .open("public interface {} extends dev.cloudjar.model.Api", name)
                .line(
                        "dev.cloudjar.model.ServiceSchema SCHEMA = dev.cloudjar.model.Schemas.open({}, {}::make);",
                        Source.literal(service.id()),
                        name);
        List<Shape> shapes = service.shapeNames().stream()
                .map(n -> service.shape(n).orElseThrow())
                .toList();
        errors(shapes);
        out.line("@java.lang.Override")
                .open("default dev.cloudjar.model.ServiceSchema schema()")
                .line("return SCHEMA;")
                .close();
        operations();
        maker(shapes);
        for (Shape shape : shapes) {
            if (JavaTypes.isEnumeration(shape)) {
                new EnumSource(shape, types.className(shape)).write(out);
            } else if (shape instanceof StructShape structure) {
                new StructSource(structure, types, out).write();
            }
        }
        return out.close().toString();
    }

    private void errors(List<Shape> shapes) {
        var scope = new Scope();
        scope.claim("SCHEMA");
        for (Shape shape : shapes) {
            if (shape instanceof StructShape structure && structure.is(Flag.ERROR)) {
                out.line(
                        "dev.cloudjar.model.AwsError.Code {} = SCHEMA.error({});",
                        scope.claim(JavaNames.constant(shape.name())),
                        Source.literal(shape.name()));
            }
        }
    }

    private void operations() {
        var scope = new Scope();
        List<String> cases = new ArrayList<>();
        for (OperationSchema operation : service.operations()) {
            String method = scope.claim(JavaNames.method(operation.name()));
            String input = types.className(operation.input());
            out.open("default {} {}({} in)", types.className(operation.output()), method, input)
                    .line(
                            "throw dev.cloudjar.model.Api.notImplemented(SCHEMA.operations().get({}));",
                            operation.index())
                    .close();
            cases.add("case %d: return (dev.cloudjar.model.Struct) (java.lang.Object) %s((%s) in);"
                    .formatted(operation.index(), method, input));
        }
        out.line("@java.lang.Override");
        dispatch("default", "call", "dev.cloudjar.model.Struct in", cases);
    }

    private void maker(List<Shape> shapes) {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = shapes.get(i);
            if (shape instanceof StructShape) {
                cases.add("case %d: return (dev.cloudjar.model.Struct) (java.lang.Object) new %s(in);"
                        .formatted(i, types.className(shape)));
            } else {
                cases.add("");
            }
        }
        dispatch("private static", "make", "dev.cloudjar.model.StructShape in", cases);
    }

    /// A method that switches over its index, in blocks of methods where there are many cases.
    private void dispatch(String modifiers, String method, String parameter, List<String> cases) {
        String head = "{} dev.cloudjar.model.Struct {}(int index, " + parameter + ")";
        if (cases.size() <= CASES) {
            out.open(head, modifiers, method);
            block(cases);
            return;
        }
        out.open(head, modifiers, method).open("switch (index / {})", CASES);
        for (int i = 0; i * CASES < cases.size(); i++) {
            out.line("case {}: return {}{}(index, in);", i, method, i);
        }
        out.line("default: throw new java.lang.IndexOutOfBoundsException(index);")
                .close()
                .close();
        String inner = modifiers.equals("default") ? "private" : modifiers;
        for (int i = 0; i * CASES < cases.size(); i++) {
            out.open(head, inner, method + i);
            block(cases.subList(i * CASES, Math.min(cases.size(), (i + 1) * CASES)));
        }
    }

    private void block(List<String> cases) {
        out.open("switch (index)");
        cases.stream().filter(c -> !c.isEmpty()).forEach(out::line);
        out.line("default: throw new java.lang.IndexOutOfBoundsException(index);")
                .close()
                .close();
    }
}

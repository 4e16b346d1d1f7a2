package dev.cloudjar.model.schema;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.Entry;
import java.util.List;
import java.util.Optional;

/// Writes the operations of a service, in the order of the digest.
final class OperationWriter {
    static final int COMPRESSED = 1;
    static final int DEPRECATED = 2;
    static final int IDEMPOTENT = 4;
    static final int READ_ONLY = 8;
    static final int CHECKSUM = 16;
    static final int PAGINATOR = 32;

    private final Digest digest;
    private final ShapeTable shapes;
    private final boolean oldQuery;
    private final List<String> auth;

    OperationWriter(Digest digest, ServiceSchema.Facts facts, ShapeTable shapes) {
        this.digest = digest;
        this.shapes = shapes;
        this.oldQuery = facts.protocols().contains(Protocol.AWS_QUERY)
                && facts.protocols().getFirst() != Protocol.AWS_QUERY;
        List<String> own = digest.service().wordsOf("auth");
        this.auth = own.equals(List.of("v4")) ? List.of() : own;
    }

    void write(ByteWriter out) {
        List<Entry> operations = digest.operations();
        out.number(operations.size());
        operations.forEach(operation -> write(operation, out));
    }

    private void write(Entry operation, ByteWriter out) {
        out.text(operation.name());
        out.text(operation.word(2));
        out.text(operation.word(3));
        out.number(operation.fact("status").map(Integer::parseInt).orElse(200));
        List<String> own = operation.wordsOf("auth");
        out.texts(own.isEmpty() ? auth : own);
        out.optional(operation.wordsOf("hostPrefix").stream().findFirst());
        out.number(shapes.input(operation));
        out.number(shapes.output(operation));
        List<String> errors = operation.wordsOf("errors");
        out.number(errors.size());
        errors.forEach(error -> out.number(shapes.number(error)));
        out.optional(resultWrapper(operation));
        out.optional(operation.entry("input").flatMap(input -> input.fact("locationName")));
        out.number(flags(operation));
        operation.entry("checksum").ifPresent(checksum -> checksum(checksum, out));
        operation.entry("paginator").ifPresent(paginator -> paginator(paginator, out));
    }

    /// A service that speaks query no more has lost its wrappers, which were all named alike.
    private Optional<String> resultWrapper(Entry operation) {
        Optional<Entry> output = operation.entry("output");
        Optional<String> modelled = output.flatMap(o -> o.fact("resultWrapper"));
        return modelled.isEmpty() && oldQuery ? output.map(o -> operation.name() + "Result") : modelled;
    }

    private static int flags(Entry operation) {
        return (operation.entry("compression").isPresent() ? COMPRESSED : 0)
                | (operation.is("deprecated") ? DEPRECATED : 0)
                | (operation.is("idempotent") ? IDEMPOTENT : 0)
                | (operation.is("readonly") ? READ_ONLY : 0)
                | (operation.entry("checksum").isPresent() ? CHECKSUM : 0)
                | (operation.entry("paginator").isPresent() ? PAGINATOR : 0);
    }

    private static void checksum(Entry checksum, ByteWriter out) {
        out.number(checksum.fact("requestRequired").isPresent() ? 1 : 0);
        out.optional(checksum.fact("requestAlgorithm"));
        out.optional(checksum.fact("responseMode"));
        out.texts(list(checksum, "responseAlgorithms"));
    }

    private static void paginator(Entry paginator, ByteWriter out) {
        out.texts(list(paginator, "input"));
        out.texts(list(paginator, "output"));
        out.optional(paginator.fact("limit"));
        out.optional(paginator.fact("more"));
        out.texts(list(paginator, "results"));
    }

    private static List<String> list(Entry entry, String key) {
        return entry.fact(key).map(value -> List.of(value.split(","))).orElse(List.of());
    }
}

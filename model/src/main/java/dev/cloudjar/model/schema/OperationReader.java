package dev.cloudjar.model.schema;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.OperationSchema.Checksum;
import dev.cloudjar.model.OperationSchema.Facts;
import dev.cloudjar.model.OperationSchema.Http;
import dev.cloudjar.model.OperationSchema.Paginator;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.StructShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads what [OperationWriter] wrote; the shapes of an operation are left unopened.
final class OperationReader {
    private final ByteReader in;
    private final Shapes shapes;

    OperationReader(ByteReader in, Shapes shapes) {
        this.in = in;
        this.shapes = shapes;
    }

    List<OperationSchema> read(ServiceSchema service) {
        int count = in.number();
        List<OperationSchema> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(operation(service, i));
        }
        return operations;
    }

    private OperationSchema operation(ServiceSchema service, int index) {
        String name = in.text();
        var http = new Http(in.text(), in.text(), in.number());
        List<String> auth = in.texts();
        Optional<String> hostPrefix = in.optional();
        var wiring = new OperationSchema.Shapes(
                shapes.structure(in.number()), shapes.structure(in.number()), errors(), in.optional(), in.optional());
        return new OperationSchema(service, name, index, http, facts(auth, hostPrefix), wiring);
    }

    private Supplier<List<StructShape>> errors() {
        int[] numbers = new int[in.number()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.number();
        }
        return shapes.structures(numbers);
    }

    private Facts facts(List<String> auth, Optional<String> hostPrefix) {
        int flags = in.number();
        return new Facts(
                auth,
                hostPrefix,
                (flags & OperationWriter.CHECKSUM) != 0 ? Optional.of(checksum()) : Optional.empty(),
                (flags & OperationWriter.COMPRESSED) != 0,
                (flags & OperationWriter.DEPRECATED) != 0,
                (flags & OperationWriter.IDEMPOTENT) != 0,
                (flags & OperationWriter.READ_ONLY) != 0,
                (flags & OperationWriter.PAGINATOR) != 0 ? Optional.of(paginator()) : Optional.empty());
    }

    private Checksum checksum() {
        return new Checksum(in.number() == 1, in.optional(), in.optional(), in.texts());
    }

    private Paginator paginator() {
        return new Paginator(in.texts(), in.texts(), in.optional(), in.optional(), in.texts());
    }
}

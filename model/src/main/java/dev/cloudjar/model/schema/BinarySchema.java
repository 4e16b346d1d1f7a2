package dev.cloudjar.model.schema;

import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Waiter;
import dev.cloudjar.model.Waiter.Acceptor;
import java.util.ArrayList;
import java.util.List;

/// Opens what [SchemaCompiler] wrote.
public final class BinarySchema {
    private BinarySchema() {}

    /// The service in `bytes`. `maker` makes the values of its structures, of generated classes or plain.
    public static ServiceSchema open(byte[] bytes, StructShape.Maker maker) {
        var start = new ByteReader(bytes, 0, Strings.NONE);
        Strings strings = Strings.read(bytes, start);
        var in = new ByteReader(bytes, start.at(), strings);
        ServiceSchema.Facts facts = FactsCodec.read(in);
        var shapes = new Shapes(bytes, in, strings, maker);
        var operations = new OperationReader(in, shapes);
        return new ServiceSchema(facts, operations::read, shapes, () -> waiters(in.copy()));
    }

    /// The facts in a catalog.
    public static List<ServiceSchema.Facts> catalog(byte[] bytes) {
        var start = new ByteReader(bytes, 0, Strings.NONE);
        Strings strings = Strings.read(bytes, start);
        var in = new ByteReader(bytes, start.at(), strings);
        int count = in.number();
        List<ServiceSchema.Facts> facts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            facts.add(FactsCodec.read(in));
        }
        return List.copyOf(facts);
    }

    /// The reader stands behind the operations, since a service reads them while it is made.
    private static List<Waiter> waiters(ByteReader in) {
        int count = in.number();
        List<Waiter> waiters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            waiters.add(new Waiter(in.text(), in.text(), in.number(), in.number(), acceptors(in)));
        }
        return waiters;
    }

    private static List<Acceptor> acceptors(ByteReader in) {
        int count = in.number();
        List<Acceptor> acceptors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<String> words = in.texts();
            acceptors.add(new Acceptor(words.get(0), words.get(1), words.get(2), in.optional()));
        }
        return acceptors;
    }
}

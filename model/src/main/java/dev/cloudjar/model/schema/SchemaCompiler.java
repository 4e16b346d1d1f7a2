package dev.cloudjar.model.schema;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes a mended digest as a binary schema: strings, then the service's facts, its shapes each with its length, its
/// operations, its waiters. All defaults that AWS's models leave unsaid are resolved here.
public final class SchemaCompiler {
    private final Digest digest;
    private final ShapeTable shapes;
    private final ByteWriter out = new ByteWriter();

    private SchemaCompiler(Digest digest) {
        this.digest = digest;
        this.shapes = new ShapeTable(digest);
    }

    /// The schema of one service.
    public static byte[] compile(Digest digest) {
        return new SchemaCompiler(digest).compile();
    }

    /// The facts of many services, as [Catalog] reads them.
    public static byte[] catalog(List<Digest> digests) {
        var out = new ByteWriter();
        out.number(digests.size());
        digests.forEach(digest -> FactsCodec.write(facts(digest), out));
        return withStrings(out);
    }

    private byte[] compile() {
        ServiceSchema.Facts facts = facts(digest);
        FactsCodec.write(facts, out);
        var shapeWriter = new ShapeWriter(shapes, facts.queryCompatible());
        out.number(shapes.size());
        for (Entry shape : shapes.entries()) {
            ByteWriter block = out.block();
            shapeWriter.write(shape, block);
            byte[] bytes = block.toBytes();
            out.text(shape.name());
            out.number(bytes.length);
            out.bytes(bytes);
        }
        new OperationWriter(digest, facts, shapes).write(out);
        waiters();
        return withStrings(out);
    }

    private void waiters() {
        out.number(digest.waiters().size());
        for (Entry waiter : digest.waiters()) {
            out.text(waiter.name());
            out.text(waiter.word(2));
            out.number(number(waiter, "delay"));
            out.number(number(waiter, "attempts"));
            out.number(waiter.entries().size());
            for (Entry acceptor : waiter.entries()) {
                out.texts(acceptor.words());
                out.optional(acceptor.fact("argument"));
            }
        }
    }

    private static int number(Entry entry, String key) {
        return entry.fact(key).map(Integer::parseInt).orElse(1);
    }

    private static byte[] withStrings(ByteWriter body) {
        var whole = new ByteWriter();
        Strings.write(body.strings(), whole);
        whole.bytes(body.toBytes());
        return whole.toBytes();
    }

    static ServiceSchema.Facts facts(Digest digest) {
        Entry service = digest.service();
        String id = service.name();
        String prefix = first(service, "endpointPrefix").orElse(id);
        String serviceId = first(service, "serviceId").orElse(id);
        return new ServiceSchema.Facts(
                id,
                serviceId,
                first(service, "serviceFullName").orElse(serviceId),
                first(service, "apiVersion").orElse(""),
                prefix,
                first(service, "signingName").orElse(prefix),
                protocols(service),
                first(service, "targetPrefix"),
                first(service, "xmlNamespace").or(() -> inputNamespace(digest)),
                service.entry("awsQueryCompatible").isPresent());
    }

    /// Services that take XML name their namespace at each input instead.
    private static Optional<String> inputNamespace(Digest digest) {
        return digest.operations().stream()
                .flatMap(operation -> operation.entry("input").stream())
                .flatMap(input -> input.fact("xmlNamespace").stream())
                .findFirst();
    }

    private static List<Protocol> protocols(Entry service) {
        List<Protocol> protocols = new ArrayList<>();
        for (String name : service.wordsOf("protocols")) {
            protocols.add(
                    switch (name) {
                        case "json" -> json(first(service, "jsonVersion").orElse("1.0"));
                        case "rest-json" -> Protocol.REST_JSON;
                        case "rest-xml" -> Protocol.REST_XML;
                        case "query" -> Protocol.AWS_QUERY;
                        case "ec2" -> Protocol.EC2_QUERY;
                        case "smithy-rpc-v2-cbor" -> Protocol.RPC_V2_CBOR;
                        default -> throw new IllegalArgumentException("No such protocol: " + name);
                    });
        }
        return List.copyOf(protocols);
    }

    private static Protocol json(String version) {
        return version.equals("1.1") ? Protocol.AWS_JSON_1_1 : Protocol.AWS_JSON_1_0;
    }

    private static Optional<String> first(Entry service, String key) {
        return service.wordsOf(key).stream().findFirst();
    }
}

package dev.cloudjar.model.schema;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema.Facts;
import java.util.List;

/// The facts of a service, as they stand in the catalog and at the head of a schema.
final class FactsCodec {
    private FactsCodec() {}

    static void write(Facts facts, ByteWriter out) {
        out.text(facts.id());
        out.text(facts.serviceId());
        out.text(facts.fullName());
        out.text(facts.apiVersion());
        out.text(facts.endpointPrefix());
        out.text(facts.signingName());
        out.texts(facts.protocols().stream().map(Protocol::name).toList());
        out.optional(facts.targetPrefix());
        out.optional(facts.xmlNamespace());
        out.number(facts.queryCompatible() ? 1 : 0);
    }

    static Facts read(ByteReader in) {
        return new Facts(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                protocols(in.texts()),
                in.optional(),
                in.optional(),
                in.number() == 1);
    }

    private static List<Protocol> protocols(List<String> names) {
        return names.stream().map(Protocol::valueOf).toList();
    }
}

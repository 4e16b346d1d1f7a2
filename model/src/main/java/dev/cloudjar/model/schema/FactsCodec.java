package dev.cloudjar.model.schema;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema.Facts;
import java.util.List;

/// The facts of a service, as they stand in the catalog and at the head of a schema.
final class FactsCodec {
    private static final Protocol[] PROTOCOLS = Protocol.values();

    private FactsCodec() {}

    static void write(Facts facts, ByteWriter out) {
        out.text(facts.id());
        out.text(facts.serviceId());
        out.text(facts.fullName());
        out.text(facts.apiVersion());
        out.text(facts.endpointPrefix());
        out.text(facts.signingName());
        out.number(facts.protocols().size());
        facts.protocols().forEach(protocol -> out.number(protocol.ordinal()));
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
                protocols(in),
                in.optional(),
                in.optional(),
                in.number() == 1);
    }

    private static List<Protocol> protocols(ByteReader in) {
        var protocols = new Protocol[in.number()];
        for (int i = 0; i < protocols.length; i++) {
            protocols[i] = PROTOCOLS[in.number()];
        }
        return List.of(protocols);
    }
}

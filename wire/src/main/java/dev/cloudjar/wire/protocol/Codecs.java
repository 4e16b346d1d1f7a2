package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Protocol;
import java.util.EnumMap;
import java.util.Map;

/// The codec of every AWS protocol. Make one and keep it: it holds what the codecs have learned of models.
public final class Codecs {
    private final Map<Protocol, ProtocolCodec> codecs = new EnumMap<>(Protocol.class);

    public Codecs() {
        Quirks quirks = Quirks.load();
        for (Protocol protocol : Protocol.values()) {
            codecs.put(protocol, codec(protocol, quirks));
        }
    }

    private static ProtocolCodec codec(Protocol protocol, Quirks quirks) {
        return switch (protocol) {
            case AWS_JSON_1_0 -> new RpcCodec(protocol, json("application/x-amz-json-1.0"), quirks);
            case AWS_JSON_1_1 -> new RpcCodec(protocol, json("application/x-amz-json-1.1"), quirks);
            case RPC_V2_CBOR -> new RpcCodec(protocol, TreeFormat.cbor(), quirks);
            case REST_JSON -> new RestCodec(new RestJson(quirks));
            case REST_XML -> new RestCodec(new RestXml(quirks));
            case AWS_QUERY, EC2_QUERY -> new QueryCodec(protocol, quirks);
        };
    }

    private static TreeFormat json(String contentType) {
        return TreeFormat.json(contentType, false);
    }

    public ProtocolCodec of(Protocol protocol) {
        ProtocolCodec codec = codecs.get(protocol);
        if (codec == null) {
            throw new IllegalArgumentException("no codec for " + protocol);
        }
        return codec;
    }
}

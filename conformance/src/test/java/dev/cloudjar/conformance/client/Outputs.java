package dev.cloudjar.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads answers as clients of their protocol do: maps by the members' own names, lists, and texts for all
/// else, so that what two protocols say can be compared.
public final class Outputs {
    private final OperationSchema operation;
    private final Protocol protocol;
    private final Answer answer;

    private Outputs(OperationSchema operation, Protocol protocol, Answer answer) {
        this.operation = operation;
        this.protocol = protocol;
        this.answer = answer;
    }

    /// The output of `operation`. A stream is a text.
    public static Map<String, Object> of(OperationSchema operation, Protocol protocol, Answer answer)
            throws IOException {
        var outputs = new Outputs(operation, protocol, answer);
        boolean rest = protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML;
        return rest ? outputs.rest() : outputs.body(operation.output());
    }

    private Map<String, Object> rest() throws IOException {
        var values = new LinkedHashMap<String, Object>();
        StructShape shape = operation.output();
        for (Member member : shape.members()) {
            head(member).ifPresent(value -> values.put(member.name(), value));
        }
        Optional<Member> payload = shape.payload();
        if (payload.isEmpty()) {
            values.putAll(body(shape));
        } else if (payload.get().target() instanceof StructShape struct && !struct.isEventStream()) {
            values.put(payload.get().name(), body(struct));
        } else if (answer.body().length > 0) {
            values.put(payload.get().name(), answer.text());
        }
        return values;
    }

    private Optional<Object> head(Member member) {
        return switch (member.wire().location()) {
            case HEADER ->
                Optional.of(answer.field(member.wireName().toLowerCase(Locale.ROOT)))
                        .filter(text -> !text.isEmpty())
                        .map(Object.class::cast);
            case HEADERS -> Optional.of(prefixed(member.wireName().toLowerCase(Locale.ROOT)));
            case STATUS -> Optional.of(Integer.toString(answer.status()));
            case BODY, QUERY, QUERY_MAP, URI -> Optional.empty();
        };
    }

    private Object prefixed(String prefix) {
        var found = new LinkedHashMap<String, Object>();
        answer.fields().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private Map<String, Object> body(StructShape shape) throws IOException {
        if (answer.body().length == 0) {
            return Map.of();
        }
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> struct(shape, new ObjectMapper().readTree(answer.body()));
            case RPC_V2_CBOR -> struct(shape, new ObjectMapper(new CBORFactory()).readTree(answer.body()));
            case AWS_QUERY, EC2_QUERY, REST_XML -> new XmlOutput(protocol, operation).read(shape, answer.body());
        };
    }

    private Map<String, Object> struct(StructShape shape, JsonNode node) {
        var values = new LinkedHashMap<String, Object>();
        for (Member member : shape.members()) {
            boolean inBody = member.wire().location() == Location.BODY;
            JsonNode value = node.path(inBody || protocol == Protocol.REST_JSON ? member.wireName() : member.name());
            if (!value.isMissingNode() && !value.isNull() && (inBody || protocol != Protocol.REST_JSON)) {
                values.put(member.name(), value(member.target(), value));
            }
        }
        return values;
    }

    private Object value(Shape shape, JsonNode node) {
        return switch (shape) {
            case StructShape struct -> struct(struct, node);
            case ListShape list -> {
                var values = new ArrayList<Object>();
                node.forEach(element -> values.add(value(list.element(), element)));
                yield List.copyOf(values);
            }
            case MapShape map -> {
                var values = new LinkedHashMap<String, Object>();
                node.properties().forEach(entry -> values.put(entry.getKey(), value(map.value(), entry.getValue())));
                yield values;
            }
            case Shape scalar -> node.isValueNode() ? node.asText() : node.toString();
        };
    }
}

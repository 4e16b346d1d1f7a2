package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What AWS's clients write for some parameters, our codecs read as those parameters.
class ParseRequestTest {
    private static final HttpRequest.Peer PEER = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);

    private final Codecs codecs = new Codecs();

    @TestFactory
    Stream<DynamicTest> everyPublishedRequest() throws IOException {
        return Case.ofKind("parse_request").map(c -> DynamicTest.dynamicTest(c.id(), () -> parses(c)));
    }

    private void parses(Case c) throws IOException {
        OperationSchema operation = c.operation();
        Protocol protocol = Case.protocol(operation);
        Map<String, Object> params = c.object("expected_params");
        Struct expected = onlyOthers(Params.struct(operation.input(), params));
        HttpRequest request = request(c, operation);

        Struct input = codecs.of(protocol).decode(operation, request, Labels.match(operation, request.path()));

        Params.Leave leave = leave(protocol, params.keySet());
        assertThat(Params.plain(input, leave)).isEqualTo(Params.plain(expected, leave));
    }

    /// A map of query parameters holds those that no other member takes.
    private static Struct onlyOthers(Struct input) {
        Set<String> bound = input.shape().members().stream()
                .filter(member -> member.wire().location() == Location.QUERY)
                .map(Member::wireName)
                .collect(Collectors.toSet());
        for (Member member : input.shape().members()) {
            if (member.wire().location() == Location.QUERY_MAP && input.get(member) instanceof Map<?, ?> map) {
                map.keySet().removeAll(bound);
            }
        }
        return input;
    }

    private static HttpRequest request(Case c, OperationSchema operation) throws IOException {
        Map<String, Object> request = c.object("request");
        String uri = (String) request.getOrDefault("uri", "/");
        String host = (String) request.getOrDefault("host", "example.com");
        int mark = uri.indexOf('?');
        var headers = new Headers();
        Tree.object(request.get("headers")).forEach((name, value) -> headers.add(name, (String) value));
        Body body = request.containsKey("body") || !headers.has("Content-Encoding")
                ? Body.of(body(request.get("body"), Case.protocol(operation)))
                : Body.of(new SmallClient(operation).compressed(c.object("expected_params")));
        return new HttpRequest(
                (String) request.getOrDefault("method", "POST"),
                host,
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1),
                headers,
                body,
                PEER);
    }

    private static Blob body(@Nullable Object text, Protocol protocol) {
        String body = text == null ? "" : (String) text;
        return protocol == Protocol.RPC_V2_CBOR ? Blob.of(Base64.getDecoder().decode(body)) : Blob.of(body);
    }

    /// What a request cannot tell: empty lists and maps outside trees, an idempotency token that the client made
    /// up, and the absence of a payload that is written `{}`.
    private static Params.Leave leave(Protocol protocol, Set<String> named) {
        boolean query = protocol == Protocol.AWS_QUERY || protocol == Protocol.EC2_QUERY;
        return (member, value) -> {
            boolean outside = query || member.wire().location() != Location.BODY;
            boolean empty = value instanceof Collection<?> list && list.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty();
            boolean unset = member.is(Trait.PAYLOAD)
                    && value instanceof Struct payload
                    && Params.plain(payload, (m, v) -> false).isEmpty();
            return unset || outside && empty || member.is(Trait.IDEMPOTENCY_TOKEN) && !named.contains(member.name());
        };
    }
}

package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.ErrorFacts;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Our answers are those that AWS's clients are tested with. Where such an answer is spelt in a way that only
/// clients must understand (listed with the reason), ours must mean the same.
class SerializeResponseTest {
    /// `X-Amz-Target` belongs to requests; one case lists it by mistake. The front door counts the bytes.
    private static final Set<String> NOT_OURS = Set.of("x-amz-target", "content-length");

    private final Codecs codecs = new Codecs();

    @TestFactory
    Stream<DynamicTest> everyPublishedAnswer() throws IOException {
        Map<String, String> loose = Case.listed("client-spellings.txt");
        return Case.ofKind("serialize_response")
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> serializes(c, loose.containsKey(c.id()))));
    }

    private void serializes(Case c, boolean loose) throws IOException {
        OperationSchema operation = c.operation();
        Map<String, Object> expected = c.object("expected_response");
        HttpResponse answer = c.fields().get("error") == null ? output(c, operation) : error(c, operation);

        assertThat((double) answer.status()).isEqualTo(expected.get("status_code"));
        if (loose) {
            meansTheSame(c, operation, answer);
            return;
        }
        Tree.object(expected.get("headers")).forEach((name, value) -> sameHeader(answer.headers(), name, value));
        String body = (String) expected.get("body");
        if (body != null) {
            sameBody(operation, body, new String(ClientReader.bytes(answer), StandardCharsets.UTF_8), answer);
        }
    }

    private HttpResponse output(Case c, OperationSchema operation) throws IOException {
        Struct output = Params.struct(operation.output(), c.object("result"));
        return codecs.of(Case.protocol(operation)).encode(operation, output, requestId(c));
    }

    private static String requestId(Case c) {
        Object id = Tree.object(c.object("expected_response").get("headers")).get("X-Amzn-Requestid");
        return id == null ? "requestid" : (String) id;
    }

    private HttpResponse error(Case c, OperationSchema operation) {
        return codecs.of(Case.protocol(operation))
                .error(operation.service(), Optional.of(operation), awsError(c, operation), "foo-id");
    }

    private static AwsError awsError(Case c, OperationSchema operation) {
        String code = (String) Objects.requireNonNull(c.fields().get("error_code"));
        StructShape shape = operation.errors().stream()
                .filter(candidate -> candidate
                        .error()
                        .filter(facts ->
                                facts.queryCode().equals(code) || facts.code().equals(code))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        ErrorFacts facts = shape.error().orElseThrow();
        String message = c.fields().get("error_message") instanceof String text ? text : "";
        return new AwsError.Code(
                        facts.code(),
                        facts.queryCode(),
                        facts.status(),
                        shape.is(Flag.SENDER_FAULT),
                        Optional.of(shape))
                .with(members -> members.copyFrom(Params.struct(shape, c.object("error"))), message);
    }

    private static void sameHeader(Headers headers, String name, Object value) {
        if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
            assertThat(headers.get(name)).as(name).contains((String) value);
        }
    }

    private static void sameBody(OperationSchema operation, String expected, String actual, HttpResponse answer)
            throws IOException {
        switch (Case.protocol(operation)) {
            case RPC_V2_CBOR -> {
                byte[] bytes = Base64.getDecoder().decode(expected);
                byte[] ours = ClientReader.bytes(answer);
                assertThat(ours.length == 0).isEqualTo(bytes.length == 0);
                assertThat(untyped(Tree.cbor(ours))).isEqualTo(untyped(Tree.cbor(bytes)));
            }
            case AWS_QUERY, EC2_QUERY, REST_XML -> sameXml(expected, actual);
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> sameJson(operation, expected, actual);
        }
    }

    private static void sameXml(String expected, String actual) {
        if (!expected.strip().startsWith("<")) {
            assertThat(actual).isEqualTo(expected);
            return;
        }
        assertThat(XmlTree.parse(actual).canonical())
                .isEqualTo(XmlTree.parse(expected).canonical());
    }

    private static void sameJson(OperationSchema operation, String expected, String actual) {
        boolean tree = expected.strip().startsWith("{") || expected.strip().startsWith("\"");
        boolean text = operation.output().payload().isPresent() && !tree;
        if (text || expected.isEmpty()) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(untyped(Tree.json(actual))).isEqualTo(untyped(Tree.json(expected)));
        }
    }

    /// The tree with the type of an error cut down to what clients read of it.
    private static Object untyped(Object tree) {
        if (tree instanceof Map<?, ?>) {
            Tree.object(tree).computeIfPresent("__type", (name, type) -> plainCode((String) type));
        }
        return tree;
    }

    private static String plainCode(String type) {
        String name = type.substring(type.indexOf('#') + 1);
        return name.indexOf(':') < 0 ? name : name.substring(0, name.indexOf(':'));
    }

    private static void meansTheSame(Case c, OperationSchema operation, HttpResponse answer) throws IOException {
        if (c.fields().get("error") != null) {
            sameError(c, operation, answer);
            return;
        }
        var reader = new ClientReader(operation, Case.protocol(operation));
        Struct wanted = Params.struct(operation.output(), c.object("result"));
        Params.Leave leave = (member, value) ->
                member.wire().location() == Location.STATUS || value instanceof Map<?, ?> map && map.isEmpty();
        assertThat(Params.plain(reader.read(answer), leave)).isEqualTo(Params.plain(wanted, leave));
        HttpResponse theirs = theirs(c, operation);
        assertThat(Params.plain(reader.read(theirs), leave)).isEqualTo(Params.plain(wanted, leave));
    }

    private static void sameError(Case c, OperationSchema operation, HttpResponse answer) throws IOException {
        String body = new String(ClientReader.bytes(answer), StandardCharsets.UTF_8);
        if (body.startsWith("<")) {
            XmlTree theirs =
                    XmlTree.parse(new String(ClientReader.bytes(theirs(c, operation)), StandardCharsets.UTF_8));
            assertThat(XmlTree.parse(body).missingFrom(theirs)).isEmpty();
            return;
        }
        String type = (String) Tree.object(Tree.json(body)).getOrDefault("__type", "");
        String code = answer.headers().get("X-Amzn-Errortype").orElse(type);
        assertThat(plainCode(code)).isEqualTo(c.fields().get("error_code"));
    }

    private static HttpResponse theirs(Case c, OperationSchema operation) {
        Map<String, Object> expected = c.object("expected_response");
        var headers = new Headers();
        Tree.object(expected.get("headers")).forEach((name, value) -> headers.add(name, (String) value));
        String body = (String) expected.getOrDefault("body", "");
        Blob bytes = Case.protocol(operation) == Protocol.RPC_V2_CBOR
                ? Blob.of(Base64.getDecoder().decode(body))
                : Blob.of(body);
        return new HttpResponse(
                ((Double) Objects.requireNonNull(expected.get("status_code"))).intValue(), headers, Body.of(bytes));
    }
}

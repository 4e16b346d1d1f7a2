package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Shape.Constraints;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.Facts;
import dev.cloudjar.model.Type;
import dev.cloudjar.model.importer.BotocoreModel;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Given what clients read in answers that AWS once gave, ours read the same, and every element of ours stands in
/// AWS's too.
class SerializeRecordedTest {
    /// Documentation's idea of an instant, and one that is.
    private static final Map<String, String> INSTANTS = Map.of(
            "YYYY-MM-DDTHH:MM:SS.000Z", "2009-10-24T15:00:00.000Z", "2009-10-24 15:00:00", "2009-10-24T15:00:00.000Z");

    private static final Set<Protocol> XML = Set.of(Protocol.AWS_QUERY, Protocol.EC2_QUERY, Protocol.REST_XML);

    private final Codecs codecs = new Codecs();
    private final Map<String, ServiceSchema> services = new ConcurrentHashMap<>();

    @TestFactory
    Stream<DynamicTest> everyRecordedAnswer() throws IOException {
        return Case.ofKind("serialize_recorded")
                .map(SerializeRecordedTest::withInstants)
                .map(c -> DynamicTest.dynamicTest(c.id(), () -> reads(c)));
    }

    private static Case withInstants(Case c) {
        String line = c.line();
        for (Map.Entry<String, String> instant : INSTANTS.entrySet()) {
            line = line.replace(instant.getKey(), instant.getValue());
        }
        return new Case(line, Tree.object(Tree.json(line)));
    }

    private void reads(Case c) throws IOException {
        OperationSchema operation = operation(c.id());
        ProtocolCodec codec = codecs.of(protocol(operation.service()));
        Map<String, Object> parsed = c.object("parsed");
        Object id = Tree.object(parsed.get("ResponseMetadata")).getOrDefault("RequestId", "some-id");
        String xml = (String) c.fields().getOrDefault("xml", "");
        if (parsed.containsKey("Error")) {
            HttpResponse answer =
                    codec.error(operation.service(), Optional.of(operation), error(c.object("parsed")), (String) id);
            sameError(text(answer), xml);
            return;
        }
        var reader = new ClientReader(operation, protocol(operation.service()));
        Params.Leave leave = (member, value) -> false;
        Map<String, Object> theirs = Params.plain(reader.read(recorded(xml)), leave);
        Struct output = Params.struct(operation.output(), Tree.object(asText(parsed, theirs)));

        HttpResponse answer = codec.encode(operation, output, (String) id);

        assertThat(theirs).isEqualTo(Params.plain(output, leave));
        assertThat(Params.plain(reader.read(answer), leave)).isEqualTo(Params.plain(output, leave));
        if (xml.startsWith("<")) {
            assertThat(XmlTree.parse(text(answer)).missingFrom(XmlTree.parse(xml)))
                    .isEmpty();
        }
    }

    /// The recorded parameters, where policies and templates are JSON, with their text instead.
    private static Object asText(Object parsed, @Nullable Object read) {
        if (parsed instanceof Map<?, ?> && read instanceof String text) {
            String json = text.startsWith("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
            assertThat(Tree.json(json)).isEqualTo(parsed);
            return text;
        }
        if (parsed instanceof Map<?, ?> && read instanceof Map<?, ?> there) {
            Map<String, Object> members = new LinkedHashMap<>(Tree.object(parsed));
            members.replaceAll((name, value) -> asText(value, there.get(name)));
            return members;
        }
        if (parsed instanceof List<?> && read instanceof List<?> there) {
            List<Object> values = new ArrayList<>(Tree.list(parsed));
            for (int i = 0; i < Math.min(values.size(), there.size()); i++) {
                values.set(i, asText(values.get(i), there.get(i)));
            }
            return values;
        }
        return parsed;
    }

    private static void sameError(String ours, String theirs) {
        List<String> missing = XmlTree.parse(ours).missingFrom(XmlTree.parse(theirs));
        assertThat(missing.stream().filter(path -> !path.contains("Id"))).isEmpty();
        assertThat(XmlTree.parse(theirs).missingFrom(XmlTree.parse(ours)).stream()
                        .filter(path -> !path.contains("Id")))
                .isEmpty();
    }

    private static HttpResponse recorded(String xml) {
        return new HttpResponse(200, new Headers(), Body.of(Blob.of(xml)));
    }

    private static String text(HttpResponse answer) throws IOException {
        return new String(ClientReader.bytes(answer), StandardCharsets.UTF_8);
    }

    /// An error with the details that were recorded, which no model knows.
    private static AwsError error(Map<String, Object> parsed) {
        Map<String, Object> error = Tree.object(parsed.get("Error"));
        var members = new ArrayList<Member>();
        Shape string = new Shape("String", Type.STRING, Constraints.NONE);
        for (String name : error.keySet()) {
            if (!Set.of("Code", "Message", "Type").contains(name)) {
                members.add(new Member(name, members.size(), () -> string, Member.Wire.BODY, Set.of()));
            }
        }
        var shape = new StructShape("Details", members, Facts.PLAIN, Struct::new);
        String code = (String) error.getOrDefault("Code", "");
        return new AwsError.Code(code, code, 400, true, Optional.of(shape))
                .with(details -> details.copyFrom(Params.struct(shape, error)), (String)
                        error.getOrDefault("Message", ""));
    }

    /// Two services of the recordings are none of ours; what they need of their models lies beside this class.
    private static ServiceSchema service(String id) {
        try (InputStream model = SerializeRecordedTest.class.getResourceAsStream(id + ".json")) {
            return model == null ? Schemas.open(id) : BotocoreModel.read(id, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OperationSchema operation(String id) {
        String name = id.substring("recorded/".length()).replaceAll("#\\d+$", "");
        int dash = name.indexOf('-');
        ServiceSchema service = services.computeIfAbsent(name.substring(0, dash), SerializeRecordedTest::service);
        String wanted = name.substring(dash).replace("-", "");
        return service.operations().stream()
                .filter(operation -> operation.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    private static Protocol protocol(ServiceSchema service) {
        return service.facts().protocols().stream()
                .filter(XML::contains)
                .findFirst()
                .orElseThrow();
    }
}

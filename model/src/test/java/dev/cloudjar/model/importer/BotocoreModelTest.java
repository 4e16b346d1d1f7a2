package dev.cloudjar.model.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.ErrorFacts;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.model.TimestampFormat;
import dev.cloudjar.model.Type;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A model in AWS's JSON becomes a schema that says all that the model says, and what it leaves unsaid.
class BotocoreModelTest {
    private static final String MODEL = """
            {"metadata": {"protocol": "rest-json", "protocols": ["rest-json"], "apiVersion": "2020-01-01"},
             "shapes": {
               "PutInput": {"type": "structure", "required": ["Id"], "payload": "Body", "members": {
                 "Id": {"shape": "Name", "location": "uri", "locationName": "id"},
                 "When": {"shape": "Time", "location": "header", "locationName": "X-When",
                          "timestampFormat": "unixTimestamp"},
                 "Body": {"shape": "Stream"}}},
               "Twice": {"type": "structure", "members": {
                 "Head": {"shape": "Name", "location": "header", "locationName": "name"},
                 "Body": {"shape": "Name", "locationName": "name"}}},
               "Stream": {"type": "blob", "streaming": true},
               "Name": {"type": "string", "min": 1, "max": 64, "pattern": "[a-z \\"]+", "enum": ["a b", "c=d"]},
               "Time": {"type": "timestamp", "timestampFormat": "iso8601"},
               "Ratio": {"type": "double", "min": 0.5},
               "Gone": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 410}},
               "Broken": {"type": "structure", "members": {}, "exception": true, "fault": true},
               "Any": {"type": "structure", "members": {}, "document": true},
               "Small": {"type": "byte"}}}
            """;
    private static final String OPERATION = """
            {"name": "Put", "http": {"method": "PUT", "requestUri": "/things/{id}?acl", "responseCode": 201},
             "input": {"shape": "PutInput"}, "errors": [{"shape": "Gone"}, {"shape": "Broken"}]}
            """;

    private final ServiceSchema service;
    private final OperationSchema put;

    BotocoreModelTest() throws IOException {
        service = BotocoreModel.of("things", Json.read(MODEL), Json.read(OPERATION));
        put = service.operation("Put").orElseThrow();
    }

    @Test
    void theServiceGoesByItsIdWhereTheModelNamesNothing() {
        assertThat(service.facts().signingName()).isEqualTo("things");
        assertThat(service.facts().protocols()).containsExactly(Protocol.REST_JSON);
    }

    @Test
    void anOperationHasItsHttpBinding() {
        assertThat(put.http()).isEqualTo(new OperationSchema.Http("PUT", "/things/{id}?acl", 201));
    }

    @Test
    void membersKeepTheirOrderAndPlace() {
        assertThat(put.input().members()).extracting(Member::name).containsExactly("Id", "When", "Body");
        Member id = put.input().members().getFirst();
        assertThat(id.is(Trait.REQUIRED)).isTrue();
        assertThat(id.wire().location()).isEqualTo(Location.URI);
        assertThat(id.wireName()).isEqualTo("id");
    }

    @Test
    void aMembersTimestampFormatPrecedesItsShapes() {
        assertThat(put.input().member("When").orElseThrow().timestampFormat()).contains(TimestampFormat.UNIX);
    }

    @Test
    void aBodyFindsItsOwnMemberFirst() {
        StructShape twice = service.structure("Twice");

        assertThat(twice.memberOnWire("name")).containsSame(twice.members().getLast());
    }

    @Test
    void aPayloadOfAStreamingShapeIsStreamed() {
        Member body = put.input().payload().orElseThrow();
        assertThat(body.name()).isEqualTo("Body");
        assertThat(body.is(Trait.STREAMING)).isTrue();
    }

    @Test
    void anOperationWithoutOutputHasAnEmptyOne() {
        assertThat(put.output().name()).isEqualTo("PutResponse");
        assertThat(put.output().members()).isEmpty();
    }

    @Test
    void anErrorSaysItsShapeAndWhoIsAtFault() {
        assertThat(put.errors())
                .extracting(e -> e.error().orElseThrow(), e -> e.is(Flag.SENDER_FAULT))
                .containsExactly(
                        tuple(new ErrorFacts("Gone", "Gone", 410), true),
                        tuple(new ErrorFacts("Broken", "Broken", 500), false));
    }

    @Test
    void constraintsAreCarriedAsTheyStand() {
        var name = service.shape("Name").orElseThrow().constraints();
        assertThat(name.min()).contains(1L);
        assertThat(name.max()).contains(64L);
        assertThat(name.pattern()).contains("[a-z \"]+");
        assertThat(name.values()).containsExactly("a b", "c=d");
        assertThat(service.shape("Ratio").orElseThrow().constraints().min()).contains(0.5);
        assertThat(service.shape("Small").orElseThrow().constraints().min()).contains(-128L);
    }

    @Test
    void aDocumentIsNoStructure() {
        assertThat(service.shape("Any").orElseThrow()).isNotInstanceOf(StructShape.class);
        assertThat(service.shape("Any").orElseThrow().type()).isEqualTo(Type.DOCUMENT);
    }

    @Test
    void aShapeIsAlwaysTheSame() {
        assertThat(service.shape("PutInput")).containsSame(put.input());
        assertThat(service.shape("Nothing")).isEmpty();
    }
}

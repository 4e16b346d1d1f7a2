package dev.cloudjar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.ServiceSchema.Facts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the compiled schemas say about AWS as a whole, and about services whose models the overlay mends.
class SchemasTest {
    private static final List<Facts> CATALOG = Schemas.catalog();

    @Test
    void theCatalogNamesEveryServiceOnce() {
        assertThat(CATALOG).hasSize(167).extracting(Facts::id).isSorted().doesNotHaveDuplicates();
        assertThat(CATALOG).extracting(Facts::serviceId).doesNotHaveDuplicates();
        assertThat(CATALOG).allSatisfy(facts -> assertThat(facts.protocols()).isNotEmpty());
    }

    @Test
    void theServicesHaveAllTheirOperations() {
        int operations = CATALOG.stream()
                .mapToInt(facts -> Schemas.open(facts.id()).operations().size())
                .sum();

        assertThat(operations).isEqualTo(9265);
    }

    @Test
    void everyShapeOfEveryServiceCanBeBuilt() {
        for (Facts facts : CATALOG) {
            ServiceSchema service = Schemas.open(facts.id());
            assertThat(service.facts()).isEqualTo(facts);
            service.shapeNames().forEach(name -> reach(service.shape(name).orElseThrow()));
            service.operations().forEach(SchemasTest::reach);
            service.waiters()
                    .forEach(w -> assertThat(service.operation(w.operation())).isPresent());
        }
    }

    @Test
    void servicesThatAwsHasRetiredAreThere() {
        assertThat(CATALOG)
                .extracting(Facts::id)
                .contains("qldb", "qldb-session", "opsworks", "opsworkscm", "codestar");
        assertThat(Schemas.open("opsworks").operations()).hasSize(74);
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Schemas.open("nowhere")).hasMessageContaining("nowhere");
    }

    @Test
    void aServiceSpeaksAllProtocolsItEverHad() {
        assertThat(facts("sqs").protocols()).containsExactly(Protocol.AWS_JSON_1_0, Protocol.AWS_QUERY);
        assertThat(facts("cloudwatch").protocols())
                .containsExactly(Protocol.RPC_V2_CBOR, Protocol.AWS_JSON_1_0, Protocol.AWS_QUERY);
        assertThat(facts("ec2").protocols()).containsExactly(Protocol.EC2_QUERY);
        assertThat(facts("s3").protocols()).containsExactly(Protocol.REST_XML);
    }

    @Test
    void theSigningNameIsTheEndpointPrefixUnlessTheModelNamesOne() {
        assertThat(facts("sqs").signingName()).isEqualTo("sqs");
        assertThat(facts("qldb-session").signingName()).isEqualTo("qldb");
        assertThat(facts("qldb-session").endpointPrefix()).isEqualTo("session.qldb");
    }

    @Test
    void sqsHasTheNamesOfItsQueryProtocol() {
        ServiceSchema sqs = Schemas.open("sqs");
        Member attributes =
                sqs.structure("CreateQueueRequest").member("Attributes").orElseThrow();
        assertThat(attributes.wireName()).isEqualTo("Attributes");
        assertThat(attributes.wire().queryName()).contains("Attribute");
        assertThat(attributes.target()).isInstanceOfSatisfying(MapShape.class, map -> {
            assertThat(map.flattened()).isTrue();
            assertThat(map.keyName()).contains("Name");
            assertThat(map.valueName()).contains("Value");
        });
        assertThat(sqs.shape("MessageList")).get().isInstanceOfSatisfying(ListShape.class, list -> {
            assertThat(list.flattened()).isTrue();
            assertThat(list.elementName()).contains("Message");
        });
        OperationSchema receive = sqs.operation("ReceiveMessage").orElseThrow();
        assertThat(receive.resultWrapper()).contains("ReceiveMessageResult");
        assertThat(sqs.operation("DeleteMessage").orElseThrow().resultWrapper()).isEmpty();
        assertThat(sqs.facts().xmlNamespace()).contains("http://queue.amazonaws.com/doc/2012-11-05/");
    }

    @Test
    void anErrorOfAServiceThatSpokeQueryHasTwoCodes() {
        AwsError.Code gone = Schemas.open("sqs").error("QueueDoesNotExist");
        assertThat(gone.code()).isEqualTo("QueueDoesNotExist");
        assertThat(gone.queryCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(gone.senderFault()).isTrue();

        AwsError.Code missing = Schemas.open("cloudwatch").error("DashboardNotFoundError");
        assertThat(missing.code()).isEqualTo("DashboardNotFoundError");
        assertThat(missing.queryCode()).isEqualTo("ResourceNotFound");
        assertThat(missing.status()).isEqualTo(404);
    }

    @Test
    void anErrorOfAQueryServiceHasTheCodeOfItsModel() {
        AwsError.Code denied = Schemas.open("iam").error("NoSuchEntityException");
        assertThat(denied.code()).isEqualTo("NoSuchEntity");
        assertThat(denied.status()).isEqualTo(404);
    }

    @Test
    void operationsSayHowTheyAreSignedAndPaged() {
        ServiceSchema identity = Schemas.open("cognito-identity");
        assertThat(identity.operation("GetId").orElseThrow().facts().auth()).containsExactly("none");
        OperationSchema list = Schemas.open("s3").operation("ListObjectsV2").orElseThrow();
        assertThat(list.facts().auth()).isEmpty();
        assertThat(list.facts().paginator()).get().satisfies(paginator -> {
            assertThat(paginator.inputToken()).containsExactly("ContinuationToken");
            assertThat(paginator.resultKeys()).containsExactly("Contents", "CommonPrefixes");
        });
    }

    @Test
    void waitersAreReadWhenAskedFor() {
        Waiter exists = Schemas.open("s3").waiters().stream()
                .filter(w -> w.name().equals("BucketExists"))
                .findFirst()
                .orElseThrow();
        assertThat(exists.operation()).isEqualTo("HeadBucket");
        assertThat(exists.acceptors()).contains(new Waiter.Acceptor("retry", "status", "404", Optional.empty()));
    }

    @Test
    void s3StreamsItsObjects() {
        Member body = Schemas.open("s3").structure("PutObjectRequest").payload().orElseThrow();
        assertThat(body.name()).isEqualTo("Body");
        assertThat(body.is(Member.Trait.STREAMING)).isTrue();
    }

    @Test
    void s3NamesTheRootElementsOfItsAnswers() {
        ServiceSchema s3 = Schemas.open("s3");
        assertThat(s3.facts().xmlNamespace()).contains("http://s3.amazonaws.com/doc/2006-03-01/");
        assertThat(s3.structure("ListObjectsV2Output").xmlName()).contains("ListBucketResult");
        StructShape location = s3.structure("GetBucketLocationOutput");
        assertThat(location.xmlName()).contains("LocationConstraint");
        assertThat(location.members().getFirst().is(Member.Trait.XML_TEXT)).isTrue();
    }

    @Test
    void aServiceThatNamesItsNamespaceAtItsInputsHasIt() {
        assertThat(facts("route53").xmlNamespace()).contains("https://route53.amazonaws.com/doc/2013-04-01/");
    }

    private static Facts facts(String id) {
        return CATALOG.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    }

    private static void reach(OperationSchema operation) {
        assertThat(operation.input().create().shape()).isSameAs(operation.input());
        Set<String> errors = operation.errors().stream().map(Shape::name).collect(Collectors.toSet());
        assertThat(errors).hasSameSizeAs(operation.errors());
        assertThat(operation.errors()).allMatch(e -> e.error().isPresent());
        operation.output();
    }

    private static void reach(Shape shape) {
        switch (shape) {
            case StructShape structure -> structure.members().forEach(Member::target);
            case ListShape list -> list.element();
            case MapShape map -> assertThat(map.key().type()).isEqualTo(Type.STRING);
            default -> assertThat(shape.type()).isNotEqualTo(Type.STRUCTURE);
        }
    }
}

package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.StructShape.ErrorFacts;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The bytes of answers where services differ from their protocols or from one another.
class AnswersTest {
    private static final AwsError ACCESS_DENIED =
            AwsError.Code.of("AccessDeniedException", 400).because("No");

    private final Codecs codecs = new Codecs();

    @Test
    void s3NamesItsRootsAndIds() throws IOException {
        HttpResponse answer = encode(
                "s3",
                "ListObjectsV2",
                Protocol.REST_XML,
                Map.of("Name", "b", "Contents", List.of(Map.of("Key", "a<b", "LastModified", 0.0, "Size", 3.0))));
        assertThat(text(answer))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<Contents><Key>a&lt;b</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified>"
                        + "<Size>3</Size></Contents><Name>b</Name></ListBucketResult>");
        assertThat(answer.headers().get("x-amz-request-id")).contains("ID");
        assertThat(answer.headers().has("x-amz-id-2")).isTrue();
        assertThat(answer.headers().has("x-amzn-RequestId")).isFalse();
        assertThat(answer.headers().get("Content-Type")).contains("application/xml");
    }

    @Test
    void aBucketsLocationIsTheRootItself() throws IOException {
        String start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        assertThat(text(encode(
                        "s3", "GetBucketLocation", Protocol.REST_XML, Map.of("LocationConstraint", "eu-west-1"))))
                .isEqualTo(start + ">eu-west-1</LocationConstraint>");
        assertThat(text(encode("s3", "GetBucketLocation", Protocol.REST_XML, Map.of())))
                .isEqualTo(start + "/>");
    }

    @Test
    void s3GranteesCarryTheirTypeAsAnAttribute() throws IOException {
        assertThat(text(encode(
                        "s3",
                        "GetBucketAcl",
                        Protocol.REST_XML,
                        Map.of("Grants", List.of(Map.of("Grantee", Map.of("Type", "Group", "URI", "u")))))))
                .contains("<AccessControlList><Grant><Grantee"
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"><URI>u</URI>"
                        + "</Grantee></Grant></AccessControlList></AccessControlPolicy>");
    }

    @Test
    void s3ErrorsHaveNoWrapper() throws IOException {
        HttpResponse answer = error(
                "s3",
                "GetObject",
                Protocol.REST_XML,
                AwsError.Code.of("NoSuchKey", 404).because("The specified key does not exist."));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>"
                        + "<RequestId>ID</RequestId><HostId>aWQ=</HostId></Error>");
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        HttpResponse answer = error(
                "s3",
                "HeadObject",
                Protocol.REST_XML,
                AwsError.Code.of("NotFound", 404).because(""));
        assertThat(text(answer)).isEmpty();
    }

    @Test
    void streamsAndMetadataPassThrough() throws IOException {
        OperationSchema get = operation("s3", "GetObject");
        Struct output =
                Params.struct(get.output(), Map.of("ETag", "\"e\"", "Metadata", Map.of("k", "v"), "LastModified", 0.0));
        Body body = Body.of(Blob.of("bytes"));
        output.set(get.output().member("Body").orElseThrow(), body);

        HttpResponse answer = codecs.of(Protocol.REST_XML).encode(get, output, "id");

        assertThat(answer.body()).isSameAs(body);
        assertThat(answer.headers().get("x-amz-meta-k")).contains("v");
        assertThat(answer.headers().get("Last-Modified")).contains("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(answer.headers().get("ETag")).contains("\"e\"");
    }

    @Test
    void dynamoDbAnswersCarryAChecksum() throws IOException {
        HttpResponse answer = encode("dynamodb", "DeleteItem", Protocol.AWS_JSON_1_0, Map.of());
        assertThat(text(answer)).isEqualTo("{}");
        assertThat(answer.headers().get("x-amz-crc32")).contains("2745614147");
        assertThat(answer.headers().get("x-amzn-RequestId")).contains("id");
        assertThat(answer.headers().get("Content-Type")).contains("application/x-amz-json-1.0");
    }

    @Test
    void errorsOfAwsJson10HaveNamespaces() throws IOException {
        assertThat(text(error(
                        "dynamodb",
                        "GetItem",
                        Protocol.AWS_JSON_1_0,
                        modelled("dynamodb", "ResourceNotFoundException"))))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                        + "\"message\":\"gone\"}");
        assertThat(text(error("dynamodb", "GetItem", Protocol.AWS_JSON_1_0, ACCESS_DENIED)))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"No\"}");
    }

    @Test
    void errorsOfAwsJson11HaveNone() throws IOException {
        assertThat(text(error("kinesis", "ListStreams", Protocol.AWS_JSON_1_1, ACCESS_DENIED)))
                .isEqualTo("{\"__type\":\"AccessDeniedException\",\"Message\":\"No\"}");
    }

    @Test
    void aServiceThatOnceSpokeQueryTellsItsOldCode() throws IOException {
        HttpResponse answer = error("sqs", "GetQueueUrl", Protocol.AWS_JSON_1_0, modelled("sqs", "QueueDoesNotExist"));
        assertThat(text(answer)).isEqualTo("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"gone\"}");
        assertThat(answer.headers().get("x-amzn-query-error"))
                .contains("AWS.SimpleQueueService.NonExistentQueue;Sender");
        assertThat(text(error("sqs", "GetQueueUrl", Protocol.AWS_QUERY, modelled("sqs", "QueueDoesNotExist"))))
                .contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
    }

    @Test
    void restJsonNamesErrorsInAHeader() throws IOException {
        HttpResponse answer =
                error("lambda", "GetFunction", Protocol.REST_JSON, modelled("lambda", "ResourceNotFoundException"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().get("x-amzn-ErrorType")).contains("ResourceNotFoundException");
        assertThat(text(answer)).isEqualTo("{\"Message\":\"gone\"}");
    }

    @Test
    void operationsWithoutOutputAnswerNothingButTheirId() throws IOException {
        HttpResponse json = encode("logs", "CreateLogGroup", Protocol.AWS_JSON_1_1, Map.of());
        assertThat(text(json)).isEmpty();
        assertThat(json.headers().get("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(text(encode("sns", "DeleteTopic", Protocol.AWS_QUERY, Map.of())))
                .isEqualTo("<DeleteTopicResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                        + "<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DeleteTopicResponse>");
    }

    @Test
    void ec2HasItsOwnEnvelope() throws IOException {
        HttpResponse answer = encode("ec2", "CreateVpc", Protocol.EC2_QUERY, Map.of("Vpc", Map.of("VpcId", "vpc-1")));
        assertThat(text(answer))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<CreateVpcResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>id"
                        + "</requestId>"
                        + "<vpc><vpcId>vpc-1</vpcId></vpc></CreateVpcResponse>");
        assertThat(answer.headers().get("Content-Type")).contains("text/xml;charset=UTF-8");
    }

    private HttpResponse encode(String service, String name, Protocol protocol, Map<String, Object> params)
            throws IOException {
        OperationSchema operation = operation(service, name);
        return codecs.of(protocol).encode(operation, Params.struct(operation.output(), params), "id");
    }

    private HttpResponse error(String service, String name, Protocol protocol, AwsError error) {
        OperationSchema operation = operation(service, name);
        return codecs.of(protocol).error(operation.service(), Optional.of(operation), error, "id");
    }

    private static AwsError modelled(String service, String name) {
        ServiceSchema schema = Schemas.open(service);
        StructShape shape = (StructShape) schema.shape(name).orElseThrow();
        ErrorFacts facts = shape.error().orElseThrow();
        return new AwsError.Code(facts.code(), facts.queryCode(), facts.status(), true, Optional.of(shape))
                .because("gone");
    }

    private static OperationSchema operation(String service, String name) {
        return Schemas.open(service).operation(name).orElseThrow();
    }

    private static String text(HttpResponse answer) throws IOException {
        return new String(ClientReader.bytes(answer), StandardCharsets.UTF_8);
    }
}

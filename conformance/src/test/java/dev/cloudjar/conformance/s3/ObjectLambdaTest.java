package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Objects read through functions: what a function is told, what it may answer, and what is said of one that
/// fails.
@Tag("acceptance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // The SDK takes lambdas as varargs of a generic type.
class ObjectLambdaTest {
    private static final String ACCOUNT = LambdaCloud.ACCOUNT;
    private static final String FRONT = LambdaCloud.FRONT;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final LambdaCloud lambda;
    private final TestCloud cloud;
    private final S3Client s3;

    ObjectLambdaTest() throws IOException {
        lambda = new LambdaCloud();
        cloud = lambda.cloud();
        s3 = lambda.s3();
    }

    @AfterAll
    void stop() {
        lambda.close();
    }

    private String shout(JsonNode event) throws IOException, InterruptedException {
        events.add(event);
        HttpResponse<String> original = LambdaCloud.original(event, "getObjectContext", "GET");
        return lambda.write(
                LambdaCloud.answering(event)
                        .contentType("text/shout")
                        .metadata(Map.of("by", "a function"))
                        .eTag("\"loud\""),
                original.body().toUpperCase(Locale.ROOT));
    }

    @Test
    void aFunctionAnswersAReadWithBytesAndHeadersOfItsOwn() throws IOException, InterruptedException {
        String alias = lambda.through("shout", "GetObject", this::shout);

        var answer = s3.getObjectAsBytes(
                g -> g.bucket(alias).key("a/quiet.txt").overrideConfiguration(c -> c.putHeader("Wanted-By", "a test")));

        GetObjectResponse head = answer.response();
        assertThat(answer.asUtf8String()).isEqualTo("HUSH");
        assertThat(head.contentType()).isEqualTo("text/shout");
        assertThat(head.metadata()).containsEntry("by", "a function");
        assertThat(head.eTag()).isEqualTo("\"loud\"");
        assertThat(head.contentLength()).isEqualTo(4);
        JsonNode event = events.take();
        assertThat(event.at("/protocolVersion").asText()).isEqualTo("1.00");
        assertThat(event.at("/configuration/accessPointArn").asText())
                .isEqualTo("arn:aws:s3-object-lambda:us-east-1:" + ACCOUNT + ":accesspoint/shout");
        assertThat(event.at("/configuration/supportingAccessPointArn").asText()).isEqualTo(FRONT);
        assertThat(event.at("/configuration/payload").asText()).isEqualTo("{\"volume\": 11}");
        assertThat(event.at("/userRequest/url").asText()).endsWith("/" + alias + "/a/quiet.txt");
        assertThat(event.at("/userRequest/headers/Wanted-By").asText()).isEqualTo("a test");
        assertThat(event.at("/userRequest/headers/Authorization").isMissingNode())
                .isTrue();
        assertThat(event.at("/userIdentity/type").asText()).isEqualTo("Root");
        assertThat(event.at("/userIdentity/accountId").asText()).isEqualTo(ACCOUNT);
        assertThat(LambdaCloud.refusal(() -> lambda.write(LambdaCloud.answering(event), "again")))
                .startsWith("ValidationError", 400);
    }

    @Test
    void itIsReachedByItsHostAndByTheNameInItsSignature() throws IOException {
        lambda.through(
                "hosted",
                "GetObject",
                event -> lambda.write(
                        LambdaCloud.answering(event),
                        event.at("/getObjectContext/inputS3Url").asText()));

        Answer byHost = cloud.exchange(Sent.get("/a/quiet.txt")
                .with("Host", "hosted-" + ACCOUNT + ".s3-object-lambda.us-east-1.amazonaws.com")
                .by(ACCOUNT, "us-east-1", "s3"));
        Answer bySignature = cloud.exchange(Sent.get("/a/quiet.txt")
                .with(
                        "Host",
                        "hosted-" + ACCOUNT + ".localhost:" + cloud.server().port())
                .by(ACCOUNT, "us-east-1", "s3-object-lambda"));

        assertThat(byHost.text())
                .matches("http://front-\\w+-s3alias\\.s3\\.us-east-1\\.amazonaws\\.com/a/quiet\\.txt\\?.*");
        assertThat(bySignature.text())
                .matches("http://localhost:" + cloud.server().port() + "/front-\\w+-s3alias/a/quiet\\.txt\\?.*");
    }

    @Test
    void aFunctionMayRefuseARead() throws IOException {
        String alias = lambda.through(
                "refusing",
                "GetObject",
                event -> lambda.write(
                        LambdaCloud.answering(event)
                                .statusCode(403)
                                .errorCode("MissingRequiredToken")
                                .errorMessage("The required token was not present in the request."),
                        ""));

        assertThat(LambdaCloud.refusal(
                        () -> s3.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt"))))
                .containsExactly("MissingRequiredToken", 403, "The required token was not present in the request.");
    }

    @Test
    void whatAFunctionMayNotAnswerIsRefusedToItAndToItsCaller() throws IOException {
        String alias = lambda.through("wrong", "GetObject", event -> {
            List<Object> refused = LambdaCloud.refusal(() ->
                    lambda.write(LambdaCloud.answering(event).statusCode(200).errorCode("NoError"), ""));
            assertThat(refused).startsWith("ValidationError", 400);
            return "{}";
        });

        assertThat(LambdaCloud.refusal(
                        () -> s3.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt"))))
                .startsWith("LambdaInvalidResponse", 400);
    }

    @Test
    void aFunctionThatDoesNotAnswerOrFailsIsToldOf() throws IOException {
        String silent = lambda.through("silent", "GetObject", _ -> "{}");
        String failing = lambda.through("failing", "GetObject", _ -> {
            throw new IllegalStateException("no");
        });

        assertThat(LambdaCloud.refusal(
                        () -> s3.getObjectAsBytes(g -> g.bucket(silent).key("a/quiet.txt"))))
                .containsExactly(
                        "LambdaResponseNotReceived",
                        500,
                        "The Lambda exited without successfully calling WriteGetObjectResponse.");
        assertThat(LambdaCloud.refusal(
                        () -> s3.getObjectAsBytes(g -> g.bucket(failing).key("a/quiet.txt"))))
                .startsWith("LambdaRuntimeError", 500);
    }

    @Test
    void rangesAreForFunctionsThatKnowThem() throws IOException, InterruptedException {
        String without = lambda.through("whole", "GetObject", this::shout);
        String with = lambda.through(
                "ranged",
                "GetObject",
                event -> lambda.write(
                        LambdaCloud.answering(event).statusCode(206).contentRange("bytes 0-1/4"),
                        event.at("/userRequest/headers/Range").asText()),
                "GetObject-Range");

        assertThat(LambdaCloud.refusal(() -> s3.getObjectAsBytes(
                        g -> g.bucket(without).key("a/quiet.txt").range("bytes=0-1"))))
                .startsWith("NotImplemented", 501);
        var answer = s3.getObjectAsBytes(g -> g.bucket(with).key("a/quiet.txt").range("bytes=0-1"));
        assertThat(answer.asUtf8String()).isEqualTo("bytes=0-1");
        assertThat(answer.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    }

    @Test
    void headsAndListingsAreWhatTheFunctionReturns() throws IOException {
        String alias = lambda.through("returning", "HeadObject", event -> {
            HttpResponse<String> original = LambdaCloud.original(event, "headObjectContext", "HEAD");
            return JSON.createObjectNode()
                    .put("statusCode", original.statusCode())
                    .set(
                            "headers",
                            JSON.createObjectNode()
                                    .put("Content-Length", 7)
                                    .put(
                                            "Content-Type",
                                            original.headers()
                                                    .firstValue("Content-Type")
                                                    .orElse(""))
                                    .put("x-amz-meta-seen", "yes"))
                    .toString();
        });
        String listing = lambda.through("listing", "ListObjectsV2", event -> {
            HttpResponse<String> original = LambdaCloud.original(event, "listObjectsV2Context", "GET");
            return JSON.createObjectNode()
                    .put("statusCode", 200)
                    .put("listResultXml", original.body().replace("quiet", "loud"))
                    .toString();
        });

        HeadObjectResponse head = s3.headObject(h -> h.bucket(alias).key("a/quiet.txt"));
        assertThat(head.contentLength()).isEqualTo(7);
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.metadata()).containsEntry("seen", "yes");
        assertThat(s3.listObjectsV2(l -> l.bucket(listing).prefix("a/").maxKeys(10))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("a/loud.txt");
        assertThat(s3.listObjects(l -> l.bucket(listing)).contents())
                .extracting(S3Object::key)
                .containsExactly("a/quiet.txt");
    }

    @Test
    void aUserNeedsTheAccessPointAndTheFunctionAndForTheOriginalWhatIsBehind() throws IOException {
        String alias = lambda.through("guarded", "GetObject", event -> {
            int status = LambdaCloud.original(event, "getObjectContext", "GET").statusCode();
            return lambda.write(LambdaCloud.answering(event), Integer.toString(status));
        });
        IamClient iam = Clients.iam(cloud);
        iam.createUser(u -> u.userName("ann"));
        var key = iam.createAccessKey(k -> k.userName("ann")).accessKey();
        AwsCredentials own = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        S3Client ann = Clients.with(S3Client.builder().forcePathStyle(true), cloud, own);
        String arn = "arn:aws:s3-object-lambda:us-east-1:" + ACCOUNT + ":accesspoint/guarded";
        String via = ", \"Condition\": {\"StringEquals\": {\"aws:CalledVia\": \"s3-object-lambda.amazonaws.com\"}}";

        assertThat(LambdaCloud.refusal(
                        () -> ann.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt"))))
                .startsWith("AccessDenied", 403);
        allow(iam, "own", "s3-object-lambda:GetObject", arn, "");
        assertThat(LambdaCloud.refusal(
                                () -> ann.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt")))
                        .getLast())
                .asString()
                .contains("lambda:InvokeFunction");
        allow(iam, "function", "lambda:InvokeFunction", "*", via);
        assertThat(ann.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt")).asUtf8String())
                .isEqualTo("403");
        allow(iam, "behind", "s3:GetObject", FRONT + "/object/*", via);
        assertThat(ann.getObjectAsBytes(g -> g.bucket(alias).key("a/quiet.txt")).asUtf8String())
                .isEqualTo("200");
        assertThat(LambdaCloud.refusal(
                        () -> ann.getObjectAsBytes(g -> g.bucket("behind").key("a/quiet.txt"))))
                .startsWith("AccessDenied", 403);
    }

    private static void allow(IamClient iam, String name, String action, String resource, String condition) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "%s"%s}]}""".formatted(action, resource, condition);
        iam.putUserPolicy(p -> p.userName("ann").policyName(name).policyDocument(policy));
    }
}

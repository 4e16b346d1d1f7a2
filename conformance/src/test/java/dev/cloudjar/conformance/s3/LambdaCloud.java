package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudjar.app.Cloud;
import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Service.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.WriteGetObjectResponseRequest;

/// A cloud that can run functions, with an object behind an access point, and what functions do there.
final class LambdaCloud implements AutoCloseable {
    static final String ACCOUNT = "123412341234";
    static final String FRONT = "arn:aws:s3:us-east-1:" + ACCOUNT + ":accesspoint/front";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, JavaFunctions.Handler> functions = new ConcurrentHashMap<>();
    private final TestCloud cloud;
    private final S3Client s3;

    LambdaCloud() throws IOException {
        List<Entry> services = new ArrayList<>(Cloud.services());
        services.add(new Entry("lambda", kernel -> new JavaFunctions(kernel, functions), Set.of(Invoker.class)));
        cloud = new TestCloud(RunningServer.of(services.toArray(Entry[]::new)), ACCOUNT);
        s3 = Clients.s3(cloud);
        s3.createBucket(b -> b.bucket("behind"));
        s3.putObject(
                p -> p.bucket("behind").key("a/quiet.txt").contentType("text/plain"), RequestBody.fromString("hush"));
        control("accesspoint/front", "<CreateAccessPointRequest%s><Bucket>behind</Bucket></CreateAccessPointRequest>");
    }

    TestCloud cloud() {
        return cloud;
    }

    S3Client s3() {
        return s3;
    }

    @Override
    public void close() {
        cloud.server().assertNoFailures();
        cloud.server().close();
    }

    private String control(String path, String document) throws IOException {
        Answer answer = control("PUT", path, document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    /// What S3 Control answers: there is no SDK for it of the version of all others.
    Answer control(String method, String path, String document) throws IOException {
        String body = document.replace("%s", " xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"");
        Sent sent = Sent.post("/v20180820/" + path, "application/xml", body);
        return cloud.exchange(new Sent(method, sent.target(), sent.headers(), sent.body())
                .with("x-amz-account-id", ACCOUNT)
                .by(ACCOUNT, "us-east-1", "s3"));
    }

    /// From now on there is a function of this name; its ARN.
    String function(String name, JavaFunctions.Handler function) {
        functions.put(name, function);
        return "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:" + name;
    }

    /// The alias of a new access point on which a function answers `action`.
    String through(String name, String action, JavaFunctions.Handler function, String... features) throws IOException {
        functions.put(name, function);
        String allowed = Stream.of(features)
                .map(feature -> "<AllowedFeature>" + feature + "</AllowedFeature>")
                .collect(Collectors.joining());
        String made =
                control("accesspointforobjectlambda/" + name, """
                <CreateAccessPointForObjectLambdaRequest%%s><Configuration>
                <SupportingAccessPoint>%s</SupportingAccessPoint><AllowedFeatures>%s</AllowedFeatures>
                <TransformationConfigurations><TransformationConfiguration><Actions><Action>%s</Action></Actions>
                <ContentTransformation><AwsLambda>
                <FunctionArn>arn:aws:lambda:us-east-1:%s:function:%s</FunctionArn>
                <FunctionPayload>{"volume": 11}</FunctionPayload>
                </AwsLambda></ContentTransformation></TransformationConfiguration></TransformationConfigurations>
                </Configuration></CreateAccessPointForObjectLambdaRequest>""".formatted(FRONT, allowed, action, ACCOUNT, name));
        return made.substring(made.indexOf("<Value>") + 7, made.indexOf("</Value>"));
    }

    /// What is read or looked at by the URL that a function is given.
    static HttpResponse<String> original(JsonNode event, String context, String method)
            throws IOException, InterruptedException {
        var url = URI.create(event.at('/' + context + "/inputS3Url").asText());
        return HTTP.send(
                HttpRequest.newBuilder(url)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    static WriteGetObjectResponseRequest.Builder answering(JsonNode event) {
        return WriteGetObjectResponseRequest.builder()
                .requestRoute(event.at("/getObjectContext/outputRoute").asText())
                .requestToken(event.at("/getObjectContext/outputToken").asText());
    }

    String write(WriteGetObjectResponseRequest.Builder answer, String body) {
        s3.writeGetObjectResponse(answer.build(), RequestBody.fromString(body));
        return "{}";
    }

    /// What a refusal says: its code, status and message.
    static List<Object> refusal(ThrowingCallable call) {
        AwsServiceException refused = Assertions.catchThrowableOfType(AwsServiceException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return List.of(
                refused.awsErrorDetails().errorCode(),
                refused.statusCode(),
                refused.awsErrorDetails().errorMessage());
    }
}

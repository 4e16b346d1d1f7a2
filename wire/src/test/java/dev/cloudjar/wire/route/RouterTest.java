package dev.cloudjar.wire.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.Routing.Refused;
import dev.cloudjar.wire.route.Routing.Route;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of the names in a request decides, and what is answered where none does.
class RouterTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private final World world = new World();

    @Test
    void onlyTheServiceHitIsOpened() throws IOException {
        route(World.request("POST", "/", "", Headers.of("X-Amz-Target", "DynamoDB_20120810.GetItem"), World.NOTHING));

        assertThat(world.opened()).containsExactly("dynamodb");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, localhost:4566, /, , s3:ListBuckets, ''",
        "GET, localhost:4566, /photos, , s3:ListObjects, photos",
        "GET, localhost:4566, /photos/, list-type=2, s3:ListObjectsV2, photos",
        "GET, localhost:4566, /photos, acl, s3:GetBucketAcl, photos",
        "GET, localhost:4566, /photos, acl=, s3:GetBucketAcl, photos",
        "GET, localhost:4566, /photos, versions&prefix=a, s3:ListObjectVersions, photos",
        "GET, localhost:4566, /photos, analytics, s3:ListBucketAnalyticsConfigurations, photos",
        "GET, localhost:4566, /photos, analytics&id=a, s3:GetBucketAnalyticsConfiguration, photos",
        "GET, photos.localhost:4566, /a/b, , s3:GetObject, photos",
        "GET, a.s3.b.s3.localhost:4566, /a/b, , s3:GetObject, a.s3.b",
        "GET, photos--usw2-az1--x-s3.s3express-usw2-az1.us-west-2.amazonaws.com, /a, , s3:GetObject, photos--usw2-az1--x-s3",
        "GET, photos.s3.localhost:4566, /, , s3:ListObjects, photos",
        "GET, photos.s3.localhost.localstack.cloud:4566, /a/b, , s3:GetObject, photos",
        "GET, my.photos.s3.eu-west-1.amazonaws.com, /a/b, tagging, s3:GetObjectTagging, my.photos",
        "GET, photos.s3-eu-west-1.amazonaws.com, /a, , s3:GetObject, photos",
        "GET, photos.s3.dualstack.eu-west-1.amazonaws.com, /a, , s3:GetObject, photos",
        "GET, s3.localhost.localstack.cloud, /photos/a, , s3:GetObject, photos",
        "GET, s3.eu-west-1.amazonaws.com, /photos/a, , s3:GetObject, photos",
        "HEAD, localhost, /photos/a, , s3:HeadObject, photos",
        "PUT, localhost, /photos/a, , s3:PutObject, photos",
        "PUT, localhost, /photos/a, partNumber=1&uploadId=b, s3:UploadPart, photos",
        "PUT, localhost, /photos/a, x-id=PutObject, s3:PutObject, photos",
        "POST, localhost, /photos/a, uploads, s3:CreateMultipartUpload, photos",
        "POST, localhost, /photos/a, uploadId=b, s3:CompleteMultipartUpload, photos",
        "POST, localhost, /photos, delete, s3:DeleteObjects, photos",
        "DELETE, localhost, /photos/a, , s3:DeleteObject, photos",
        "DELETE, localhost, /photos/a, uploadId=b, s3:AbortMultipartUpload, photos",
        "DELETE, localhost, /photos/a//b/, , s3:DeleteObject, photos",
    })
    void unsignedPathsAreS3s(String method, String host, String path, String query, String operation, String bucket)
            throws IOException {
        Route route =
                route(World.request(method, path, query == null ? "" : query, Headers.of("Host", host), World.NOTHING));

        assertThat(route.operation()).hasToString(operation);
        assertThat(route.labels().getOrDefault("Bucket", "")).isEqualTo(bucket);
    }

    @Test
    void aKeyKeepsItsSlashesAndEscapes() throws IOException {
        Route route = route(World.request("GET", "/photos//a%2Fb//c%20d+%C3%A9/", "", new Headers(), World.NOTHING));

        assertThat(route.labels()).isEqualTo(Map.of("Bucket", "photos", "Key", "/a%2Fb//c%20d+%C3%A9/"));
    }

    @Test
    void aCopyNamesItsSource() throws IOException {
        Headers headers = Headers.of("x-amz-copy-source", "/photos/b");

        assertThat(route(World.request("PUT", "/photos/a", "", headers, World.NOTHING))
                        .operation())
                .hasToString("s3:CopyObject");
        assertThat(route(World.request("PUT", "/photos/a", "partNumber=1&uploadId=b", headers, World.NOTHING))
                        .operation())
                .hasToString("s3:UploadPartCopy");
    }

    @Test
    void aBrowsersUploadPutsAnObject() throws IOException {
        Headers headers = Headers.of("Content-Type", "multipart/form-data; boundary=x");

        Route route = route(World.request("POST", "/photos/", "", headers, World.NOTHING));

        assertThat(route.operation()).hasToString("s3:PutObject");
        assertThat(route.isForm()).isTrue();
        assertThat(route.labels()).isEqualTo(Map.of("Bucket", "photos"));
    }

    @ParameterizedTest
    @CsvSource({
        "sqs.us-east-1.amazonaws.com, sqs:ListQueues, ListQueues, 2012-11-05",
        "us-east-1.queue.amazonaws.com, sqs:ListQueues, ListQueues, 1999-01-01",
        "localhost:4566, sqs:ListQueues, ListQueues, 2012-11-05",
        "localhost:4566, sts:GetCallerIdentity, GetCallerIdentity, 2011-06-15",
        "ec2.eu-west-1.amazonaws.com, ec2:DescribeVpcs, DescribeVpcs, 2016-11-15",
        "ec2.eu-west-1.amazonaws.com, ec2:DescribeVpcs, DescribeVpcs, 2014-10-01",
        "monitoring.us-east-1.amazonaws.com, cloudwatch:ListMetrics, ListMetrics, 2010-08-01",
    })
    void actionsAreFoundInFormAndQuery(String host, String operation, String action, String version)
            throws IOException {
        String text = "Action=" + action + "&Version=" + version;
        Headers headers = Headers.of("Host", host, "Content-Type", FORM + "; charset=utf-8");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Body streamed = Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes));

        assertThat(route(World.request("GET", "/", text, Headers.of("Host", host), World.NOTHING))
                        .operation())
                .hasToString(operation);
        assertThat(route(World.request("POST", "/", "", headers, Body.of(Blob.of(text))))
                        .operation())
                .hasToString(operation);
        Route route = route(World.request("POST", "/000000000000/queue", "", headers, streamed));
        assertThat(route.operation()).hasToString(operation);
        try (InputStream body = route.request().body().open()) {
            assertThat(body.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aFormThatAsksForNoActionKeepsItsBody() throws IOException {
        byte[] bytes = "a=b".getBytes(StandardCharsets.UTF_8);
        Body streamed = Body.of(OptionalLong.of(bytes.length), new ByteArrayInputStream(bytes));
        Headers headers = Headers.of("Content-Type", FORM);

        Route route = route(World.request("POST", "/client/register", "", headers, streamed));

        assertThat(route.operation()).hasToString("sso-oidc:RegisterClient");
        try (InputStream body = route.request().body().open()) {
            assertThat(body.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void theVersionOfJsonIsTheOneThatTheClientWrites() throws IOException {
        Headers headers = Headers.of(
                "X-Amz-Target", "AmazonSQS.ListQueues", "Content-Type", "application/x-amz-json-1.1; charset=utf-8");

        assertThat(route(World.request("POST", "/", "", headers, World.NOTHING)).protocol())
                .isEqualTo(Protocol.AWS_JSON_1_1);
        headers.remove("Content-Type");
        assertThat(route(World.request("POST", "/", "", headers, World.NOTHING)).protocol())
                .isEqualTo(Protocol.AWS_JSON_1_0);
    }

    @ParameterizedTest
    @CsvSource({
        "lex, POST, /bot/b/alias/a/user/u/text, lex-runtime:PostText",
        "lex, POST, /bots/, lexv2-models:ListBots",
        "lex, POST, /bots/b/botAliases/a/botLocales/l/sessions/s/text, lexv2-runtime:RecognizeText",
        "execute-api, POST, /@connections/c%3D, apigatewaymanagementapi:PostToConnection",
        "execute-api, POST, /participant/message, connectparticipant:SendMessage",
        "apigateway, GET, /v2/apis, apigatewayv2:GetApis",
        "apigateway, GET, /restapis, apigateway:GetRestApis",
        "sagemaker, POST, /endpoints/e/invocations, sagemaker-runtime:InvokeEndpoint",
        "elasticfilesystem, GET, /2015-02-01/file-systems, efs:DescribeFileSystems",
        "lambda, GET, /2015-03-31/functions, lambda:ListFunctions",
        "lambda, GET, /2015-03-31/functions/, lambda:ListFunctions",
        "s3express, GET, /, s3:ListDirectoryBuckets",
    })
    void servicesThatShareASigningNameAreToldApartByPath(
            String signingName, String method, String path, String operation) throws IOException {
        assertThat(route(World.request(method, path, "", World.signed(signingName), World.NOTHING))
                        .operation())
                .hasToString(operation);
    }

    @Test
    void s3ControlIsNotABucket() throws IOException {
        Headers headers = World.signed("s3").add("x-amz-account-id", "000000000000");
        String path = "/v20180820/accesspoint";

        assertThat(route(World.request("GET", path, "", headers, World.NOTHING)).operation())
                .hasToString("s3control:ListAccessPoints");
        assertThat(route(World.request("GET", path, "", World.signed("s3"), World.NOTHING))
                        .operation())
                .hasToString("s3:GetObject");
        Headers host = Headers.of("Host", "000000000000.s3-control.us-east-1.amazonaws.com");
        assertThat(route(World.request("GET", path, "", host, World.NOTHING)).operation())
                .hasToString("s3control:ListAccessPoints");
    }

    @Test
    void whatNeedsNoCredentialsIsFoundWithoutThem() throws IOException {
        assertThat(route(World.request("POST", "/client/register", "", new Headers(), World.NOTHING))
                        .operation())
                .hasToString("sso-oidc:RegisterClient");
        Headers oidc = Headers.of("Host", "oidc.us-east-1.amazonaws.com");
        assertThat(route(World.request("POST", "/token", "", oidc, World.NOTHING))
                        .operation())
                .hasToString("sso-oidc:CreateToken");
    }

    @Test
    void aPresignedUrlNamesItsService() throws IOException {
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k%2F20150830%2Fus-east-1%2Flambda"
                + "%2Faws4_request";

        assertThat(route(World.request("GET", "/2015-03-31/functions/", query, new Headers(), World.NOTHING))
                        .operation())
                .hasToString("lambda:ListFunctions");
    }

    @Test
    void onlyAHostOfAwsMeansItsRegion() throws IOException {
        assertThat(route(World.request("GET", "/", "", Headers.of("Host", "s3.eu-west-1.amazonaws.com"), World.NOTHING))
                        .region())
                .contains("eu-west-1");
        assertThat(route(World.request("GET", "/", "", Headers.of("Host", "s3.eu-west-1.localhost"), World.NOTHING))
                        .region())
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsRefusedInTheProtocolOfItsService() throws IOException {
        assertRefused(
                World.request("POST", "/", "", Headers.of("X-Amz-Target", "AmazonSQS.Nothing"), World.NOTHING),
                "UnknownOperationException",
                400,
                Protocol.AWS_JSON_1_0);
        assertRefused(
                World.request("POST", "/", "", Headers.of("X-Amz-Target", "rubbish"), World.NOTHING),
                "UnknownOperationException",
                400,
                Protocol.AWS_JSON_1_0);
        Refused action = assertRefused(
                World.request("GET", "/", "Action=Nothing&Version=2010-05-08", new Headers(), World.NOTHING),
                "InvalidAction",
                400,
                Protocol.AWS_QUERY);
        assertThat(action.error()).hasMessage("The action Nothing is not valid for this web service.");
        assertRefused(
                World.request("GET", "/nowhere", "", World.signed("lambda"), World.NOTHING),
                "UnknownOperationException",
                404,
                Protocol.REST_JSON);
        Refused s3 = assertRefused(
                World.request("DELETE", "/", "", new Headers(), World.NOTHING),
                "MethodNotAllowed",
                405,
                Protocol.REST_XML);
        assertThat(s3.error()).hasMessage("The specified method is not allowed against this resource.");
        assertThat(s3.error().members().orElseThrow().get("ResourceType")).isEqualTo("SERVICE");
    }

    /// Each is one parameter or header away from what is routed.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET /b?acl&versioning, -, InvalidArgument, 'Conflicting query string parameters: acl, versioning'",
                "HEAD /b/k?uploadId=a, -, MethodNotAllowed, 'DELETE, POST, GET'",
                "HEAD /b?location, -, MethodNotAllowed, GET",
                "HEAD /b?uploads, -, MethodNotAllowed, 'POST, GET'",
                "HEAD /b?versioning, -, MethodNotAllowed, 'GET, PUT'",
                "HEAD /b/k?tagging, -, MethodNotAllowed, 'DELETE, GET, PUT'",
                "HEAD /b/k?encryption, -, MethodNotAllowed, PUT",
                "DELETE /b?versioning, -, MethodNotAllowed, 'GET, PUT'",
                "PUT /b/k?versions, -, MethodNotAllowed, GET",
                "PUT /b/k?uploadId=a, -, MethodNotAllowed, 'DELETE, POST, GET'",
                "PUT /b/k?partNumber=1, -, InvalidArgument, This operation does not accept partNumber without uploadId",
                "POST /b/k, -, MethodNotAllowed, 'HEAD, DELETE, GET, PUT'",
                "POST /b, -, PreconditionFailed, Bucket POST must be of the enclosure-type multipart/form-data",
                "GET /b/k?versions, -, InvalidRequest, There is no such thing as the ?versions sub-resource for a key",
                "GET /b/k?uploads, -, InvalidRequest, There is no such thing as the ?uploads sub-resource for a key",
                "GET /b/k, b/c, InvalidArgument, You can only specify a copy source header for copy requests.",
                "POST /b/k?uploadId=a, b/c, InvalidArgument, You can only specify a copy source header for copy requests.",
            })
    void whatFitsNoSubResourceIsRefused(String line, @Nullable String source, String code, String words)
            throws IOException {
        Headers headers = source == null ? new Headers() : Headers.of("x-amz-copy-source", source);
        String[] parts = (line + (line.indexOf('?') < 0 ? "?" : "")).split("[ ?]", 3);

        Routing routing = world.router().route(World.request(parts[0], parts[1], parts[2], headers, World.NOTHING));

        assertThat(routing).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.error().code().code()).isEqualTo(code);
            assertThat(refused.error().message()
                            + refused.error().members().map(Struct::toString).orElse(""))
                    .contains(words);
        });
    }

    @Test
    void aSubResourceOfTheBucketIsReadThroughAKey() throws IOException {
        Route route = route(World.request("GET", "/b/k", "location=1&x-id=GetObject", new Headers(), World.NOTHING));

        assertThat(route.operation()).hasToString("s3:GetBucketLocation");
        assertThat(route.labels()).isEqualTo(Map.of("Bucket", "b"));
        assertThat(route(World.request("GET", "/b/k", "Location", new Headers(), World.NOTHING))
                        .operation())
                .hasToString("s3:GetObject");
    }

    @Test
    void aCopyHasNoBody() throws IOException {
        Headers headers = Headers.of("x-amz-copy-source", "/photos/b");

        assertRefused(
                World.request("PUT", "/photos/a", "", headers, Body.of(Blob.of("body"))),
                "InvalidRequest",
                400,
                Protocol.REST_XML);
    }

    private Refused assertRefused(HttpRequest request, String code, int status, Protocol protocol) throws IOException {
        Routing routing = world.router().route(request);
        assertThat(routing).isInstanceOf(Refused.class);
        Refused refused = (Refused) routing;
        assertThat(refused.error().code().code()).isEqualTo(code);
        assertThat(refused.error().code().status()).isEqualTo(status);
        assertThat(refused.protocol()).isEqualTo(protocol);
        return refused;
    }

    private Route route(HttpRequest request) throws IOException {
        Routing routing = world.router().route(request);
        assertThat(routing).isInstanceOf(Route.class);
        return (Route) routing;
    }
}

package dev.cloudjar.wire.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.Routing.Route;
import dev.cloudjar.wire.route.UriTemplate.Segment;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every operation of every service, in every protocol the service speaks, finds its way back from the request that
/// a client makes of it.
class EveryOperationTest {
    /// Operations that no request can tell from another, with the one that answers for them.
    private static final Map<String, String> AMBIGUOUS = ambiguous();

    private final World world = new World();
    private final List<String> failures = new ArrayList<>();
    private int requests;

    @Test
    void isRoutedToItself() throws IOException {
        for (ServiceSchema.Facts facts : world.services()) {
            for (OperationSchema operation : world.schema(facts.id()).operations()) {
                for (Protocol protocol : facts.protocols()) {
                    check(operation, protocol);
                }
            }
        }

        assertThat(failures).isEmpty();
        assertThat(requests).isGreaterThan(9_000);
    }

    private static Map<String, String> ambiguous() {
        var known = new HashMap<String, String>();
        known.put("s3:GetBucketLifecycle", "s3:GetBucketLifecycleConfiguration");
        known.put("s3:PutBucketLifecycle", "s3:PutBucketLifecycleConfiguration");
        known.put("s3:GetBucketNotification", "s3:GetBucketNotificationConfiguration");
        known.put("s3:PutBucketNotification", "s3:PutBucketNotificationConfiguration");
        return known;
    }

    private void check(OperationSchema operation, Protocol protocol) throws IOException {
        ServiceSchema.Facts facts = operation.service().facts();
        Map<String, String> labels = new HashMap<>();
        HttpRequest request = switch (protocol) {
            case AWS_JSON_1_0 -> json(operation, "application/x-amz-json-1.0");
            case AWS_JSON_1_1 -> json(operation, "application/x-amz-json-1.1");
            case RPC_V2_CBOR -> cbor(operation);
            case AWS_QUERY, EC2_QUERY -> query(operation);
            case REST_JSON, REST_XML -> rest(operation, labels);
        };
        requests++;
        Routing routing = world.router().route(request);
        String expected = AMBIGUOUS.getOrDefault(operation.toString(), operation.toString());
        if (isNeptuneOrDocumentDb(facts)) {
            expected = rds(operation);
        }
        boolean right = routing instanceof Route route
                && route.operation().toString().equals(expected)
                && route.protocol() == protocol
                && route.labels().equals(labels);
        if (!right) {
            failures.add(operation + " " + protocol + " " + request.method() + " " + request.path() + "?"
                    + request.query() + " -> " + routing);
        }
    }

    private static boolean isNeptuneOrDocumentDb(ServiceSchema.Facts facts) {
        return facts.id().equals("neptune") || facts.id().equals("docdb");
    }

    /// RDS answers for the two that share its endpoint, version and signing name, where it has the operation.
    private String rds(OperationSchema operation) {
        for (String id : List.of("rds", "docdb")) {
            if (world.schema(id).operation(operation.name()).isPresent()) {
                return id + ":" + operation.name();
            }
        }
        return operation.toString();
    }

    private static HttpRequest json(OperationSchema operation, String contentType) {
        ServiceSchema.Facts facts = operation.service().facts();
        Headers headers = Headers.of(
                "X-Amz-Target", facts.targetPrefix().orElse("") + "." + operation.name(), "Content-Type", contentType);
        return World.request("POST", "/", "", headers, Body.of(Blob.of("{}")));
    }

    private static HttpRequest cbor(OperationSchema operation) {
        ServiceSchema.Facts facts = operation.service().facts();
        String path = "/service/" + facts.targetPrefix().orElse("") + "/operation/" + operation.name();
        return World.request("POST", path, "", Headers.of("smithy-protocol", "rpc-v2-cbor"), World.NOTHING);
    }

    private static HttpRequest query(OperationSchema operation) {
        ServiceSchema.Facts facts = operation.service().facts();
        Headers headers = signed(facts).add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        String form = "Foo=1&Action=" + operation.name() + "&Version=" + facts.apiVersion();
        return World.request("POST", "/", "", headers, Body.of(Blob.of(form)));
    }

    private static Headers signed(ServiceSchema.Facts facts) {
        return World.signed(facts.signingName());
    }

    private static HttpRequest rest(OperationSchema operation, Map<String, String> labels) {
        ServiceSchema.Facts facts = operation.service().facts();
        boolean express = operation.name().equals("ListDirectoryBuckets");
        Headers headers = express ? World.signed("s3express") : signed(facts);
        UriTemplate template = UriTemplate.parse(operation.http().uri());
        var path = new StringBuilder();
        for (Segment segment : template.segments()) {
            path.append('/').append(filled(segment, labels));
        }
        path.append(path.isEmpty() || template.trailingSlash() ? "/" : "");
        var query = new ArrayList<String>();
        template.query()
                .forEach(literal ->
                        query.add(literal.value().isEmpty() ? literal.name() : literal.name() + "=" + literal.value()));
        for (Member member : operation.input().members()) {
            if (!member.is(Trait.REQUIRED)) {
                continue;
            }
            if (member.wire().location() == Location.QUERY) {
                query.add(member.wireName() + "=1");
            } else if (member.wire().location() == Location.HEADER) {
                headers.add(member.wireName(), "1");
            }
        }
        if (facts.id().equals("s3control")) {
            headers.set("x-amz-account-id", "000000000000");
        }
        return World.request(
                operation.http().method(), path.toString(), String.join("&", query), headers, World.NOTHING);
    }

    private static String filled(Segment segment, Map<String, String> labels) {
        return switch (segment.kind()) {
            case LITERAL -> segment.text();
            case LABEL -> label(segment.text(), "arn:aws/é %+" + labels.size(), labels);
            case GREEDY -> label(segment.text(), "one/t wo+/", labels);
        };
    }

    private static String label(String name, String value, Map<String, String> labels) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        String text = value.startsWith("one/") ? encoded.replace("%2F", "/") : encoded;
        labels.put(name, text);
        return text;
    }
}

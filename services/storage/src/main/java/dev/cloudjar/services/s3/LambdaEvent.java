package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.AwsLambdaTransformation;
import dev.cloudjar.api.S3Control.ObjectLambdaTransformationConfiguration;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a function of Object Lambda is told of a request: where the original is, where to answer, how it is
/// configured, what was asked for and by whom.
record LambdaEvent(String operation, Asked in, Door door, ObjectLambdaTransformationConfiguration how) {
    static final String ROUTE = "io-cell001";

    private static final String HOST = ".s3-object-lambda.";
    private static final String LOCAL = "localhost";
    private static final Set<String> SECRET = Set.of("authorization", "x-amz-security-token", "x-amz-s3session-token");
    private static final Set<String> SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-security-token",
            "x-amz-signedheaders",
            "x-amz-signature",
            "x-id");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    ObjectLambda lambda() {
        return door.lambda().orElseThrow();
    }

    boolean isRead() {
        return operation.equals("GetObject");
    }

    /// The event. `token` is what an answer to a read shows; others are answered by what the function returns.
    String json(Kernel kernel, String token) {
        var context = new LinkedHashMap<String, Object>();
        context.put("inputS3Url", presigned().url(kernel, ObjectLambda.CALLER));
        if (isRead()) {
            context.put("outputRoute", ROUTE);
            context.put("outputToken", token);
        }
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("accessPointArn", lambda().arn().toString());
        configuration.put("supportingAccessPointArn", door.arn().toString());
        configuration.put(
                "payload",
                how.contentTransformation()
                        .awsLambda()
                        .flatMap(AwsLambdaTransformation::functionPayload)
                        .orElse(""));
        var event = new LinkedHashMap<String, Object>();
        event.put("xAmzRequestId", RequestIds.s3(Call.current().request().id()));
        event.put(operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1) + "Context", context);
        event.put("configuration", configuration);
        event.put("userRequest", Map.of("url", url(), "headers", headers()));
        event.put("userIdentity", identity());
        event.put("protocolVersion", "1.00");
        return Json.write(event);
    }

    /// The original by way of the access point behind: of an object its version, of a listing all parameters.
    private Presigned presigned() {
        String bucket = lambda().behind();
        SortedMap<String, String> query = new TreeMap<>();
        if (operation.startsWith("List")) {
            query.putAll(parameters());
        } else {
            in.filled("VersionId").ifPresent(id -> query.put("versionId", id));
        }
        SortedMap<String, String> signed = new TreeMap<>();
        in.filled("RequestPayer").ifPresent(payer -> signed.put("x-amz-request-payer", payer));
        in.filled("ExpectedBucketOwner").ifPresent(owner -> signed.put("x-amz-expected-bucket-owner", owner));
        String key = in.text("Key").map(name -> '/' + name).orElse("");
        String host = Call.current().request().endpoint();
        int own = host.indexOf(HOST);
        String method = operation.equals("HeadObject") ? "HEAD" : "GET";
        return own < 0
                ? new Presigned(method, bare(host), '/' + bucket + key, query, signed)
                : new Presigned(
                        method,
                        host.substring(0, host.indexOf("://") + 3) + bucket + ".s3."
                                + host.substring(own + HOST.length()),
                        key.isEmpty() ? "/" : key,
                        query,
                        signed);
    }

    /// Scheme and authority without the labels before `localhost`, which not every machine finds.
    private static String bare(String endpoint) {
        int scheme = endpoint.indexOf("://") + 3;
        int local = endpoint.indexOf('.' + LOCAL, scheme);
        return local < 0 ? endpoint : endpoint.substring(0, scheme) + endpoint.substring(local + 1);
    }

    private static String uri() {
        return Call.current().facts().of("cloudjar:uri").stream().findFirst().orElse("/");
    }

    /// The parameters of the request that are not its signature.
    private static Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        int mark = uri().indexOf('?');
        for (String each : mark < 0 ? new String[0] : uri().substring(mark + 1).split("&", -1)) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            if (!name.isEmpty() && !SIGNATURE.contains(name.toLowerCase(Locale.ROOT))) {
                String value = equals < 0 ? "" : each.substring(equals + 1);
                all.put(Source.decoded(name), Source.decoded(value.replace('+', ' ')));
            }
        }
        return all;
    }

    private static String url() {
        int mark = uri().indexOf('?');
        var url = new StringBuilder(Call.current().request().endpoint())
                .append(Source.decoded(mark < 0 ? uri() : uri().substring(0, mark)));
        String sign = "?";
        for (Map.Entry<String, String> each : parameters().entrySet()) {
            url.append(sign).append(each.getKey());
            if (!each.getValue().isEmpty()) {
                url.append('=').append(each.getValue());
            }
            sign = "&";
        }
        return url.toString();
    }

    private static Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String line : Call.current().facts().of("cloudjar:headers")) {
            int colon = line.indexOf(": ");
            String name = line.substring(0, colon);
            if (!SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                all.merge(name, line.substring(colon + 2), (one, other) -> one + ',' + other);
            }
        }
        return all;
    }

    /// Who asks, as CloudTrail would tell it.
    private static Map<String, Object> identity() {
        Principal who = Call.current().principal();
        Session session = who.session();
        String type = switch (who.kind()) {
            case ROOT -> "Root";
            case USER -> "IAMUser";
            case SESSION -> "AssumedRole";
            case FEDERATED_USER -> "FederatedUser";
            default -> "AWSAccount";
        };
        var identity = new LinkedHashMap<String, Object>();
        identity.put("type", type);
        identity.put("principalId", who.userId());
        identity.put("arn", who.arn());
        identity.put("accountId", who.account());
        List<String> key = Call.current().facts().of("cloudjar:accesskeyid");
        if (!key.isEmpty()) {
            identity.put("accessKeyId", key.getFirst());
        }
        if (type.equals("IAMUser")) {
            identity.put("userName", name(who.arn()));
        }
        if (!session.isNone()) {
            identity.put("sessionContext", context(who));
        }
        return identity;
    }

    private static Map<String, Object> context(Principal who) {
        Session session = who.session();
        var attributes = Map.of(
                "mfaAuthenticated", session.facts().getOrDefault(Session.MFA, "false"),
                "creationDate", DATE.format(session.issued()));
        var context = new LinkedHashMap<String, Object>();
        context.put("attributes", attributes);
        if (who.kind() == Principal.Kind.SESSION) {
            var issuer = new LinkedHashMap<String, Object>();
            issuer.put("type", "Role");
            issuer.put("principalId", who.issuerId());
            issuer.put("arn", session.issuer());
            issuer.put("accountId", who.account());
            issuer.put("userName", name(session.issuer()));
            context.put("sessionIssuer", issuer);
        }
        return context;
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}

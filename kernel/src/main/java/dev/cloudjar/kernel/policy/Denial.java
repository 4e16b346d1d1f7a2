package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a service says that something is not allowed: its code and status follow from its protocol.
final class Denial {
    /// Under which encoded messages are sealed.
    static final String SCOPE = "authorization";

    private static final AwsError.Code EC2 = AwsError.Code.of("UnauthorizedOperation", 403);
    private static final AwsError.Code XML = AwsError.Code.of("AccessDenied", 403);
    private static final AwsError.Code REST_JSON =
            new AwsError.Code("AccessDeniedException", "AccessDenied", 403, true, Optional.empty());
    private static final AwsError.Code JSON =
            new AwsError.Code("AccessDeniedException", "AccessDenied", 400, true, Optional.empty());

    private Denial() {}

    /// What DecodeAuthorizationMessage says.
    static String explained(Asked asked, Decision decision) {
        var matched = new ArrayList<Map<String, String>>();
        for (Decision.Hit hit : decision.hits()) {
            matched.add(Map.of(
                    "statementId", hit.statement(),
                    "effect", hit.allows() ? "ALLOW" : "DENY",
                    "policy", hit.policy()));
        }
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put(
                "principal",
                Map.of(
                        "id",
                        asked.principal().userId(),
                        "arn",
                        asked.principal().arn()));
        context.put("action", asked.action());
        context.put("resource", asked.resource());
        context.put("conditions", Map.of("items", List.of()));
        Map<String, @Nullable Object> text = new LinkedHashMap<>();
        text.put("allowed", decision.isAllowed());
        text.put("explicitDeny", decision.outcome() == Decision.Outcome.EXPLICIT_DENY);
        text.put("matchedStatements", Map.of("items", matched));
        text.put("failures", Map.of("items", List.of()));
        text.put("context", context);
        return Json.write(text);
    }

    /// The services of REST and XML tell nobody in particular no reasons.
    static AwsError of(ServiceSchema service, Principal who, String message, String encoded) {
        Protocol protocol = service.facts().protocols().getFirst();
        boolean nobody = who.kind() == Principal.Kind.ANONYMOUS;
        return protocol == Protocol.REST_XML && nobody ? XML.because("Access Denied") : of(protocol, message, encoded);
    }

    private static AwsError of(Protocol protocol, String message, String encoded) {
        return switch (protocol) {
            case EC2_QUERY ->
                EC2.because("You are not authorized to perform this operation. " + message
                        + ". Encoded authorization failure message: " + encoded);
            case AWS_QUERY, REST_XML -> XML.because(message);
            case REST_JSON -> REST_JSON.because(message);
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> JSON.because(message);
        };
    }
}

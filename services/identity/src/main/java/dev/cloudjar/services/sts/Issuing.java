package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.kernel.policy.Sessions;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes sessions and their credentials, as all operations of STS hand them out.
final class Issuing {
    static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDenied", 403);
    static final AwsError.Code VALIDATION = AwsError.Code.of("ValidationError", 400);

    static final AwsError.Code INVALID_PARAMETER = AwsError.Code.of("InvalidParameterValue", 400);

    private static final int POLICY_LIMIT = 2048;
    private static final int MOST_ARNS = 10;
    private static final String RESERVED = "aws:";

    /// What a session is given: policies that narrow it, tags, and facts for conditions.
    record Narrowing(
            List<String> policies, Map<String, String> tags, List<String> transitive, Map<String, String> facts) {
        static final Narrowing NONE = new Narrowing(List.of(), Map.of(), List.of(), Map.of());
    }

    private final Kernel kernel;
    private final Sessions sessions;

    Issuing(Kernel kernel) {
        this.kernel = kernel;
        this.sessions = new Sessions(kernel);
    }

    static AwsError denied(String message) {
        return ACCESS_DENIED.because(message);
    }

    /// Refuses the root of an account, whom AWS lets assume no role: the real one, not who has just written its
    /// account for a key.
    static void checkNotRoot() {
        Call call = Call.current();
        boolean issued = call.facts().of("cloudjar:issuedkey").contains("true");
        if (issued && call.principal().kind() == Principal.Kind.ROOT) {
            throw denied("Roles may not be assumed by root accounts.");
        }
    }

    Identities identities() {
        return kernel.port(Identities.class).orElseThrow(() -> denied("There are no identities in this world."));
    }

    /// Refuses a device that is not the caller's, and a code that it does not show.
    void checkMfa(Principal caller, Optional<String> serial, Optional<String> code) {
        if (serial.isEmpty() && code.isEmpty()) {
            return;
        }
        if (serial.isEmpty() || code.isEmpty()) {
            throw denied(
                    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
        }
        Optional<Mfa> mfa = kernel.port(Mfa.class).filter(port -> port.has(caller, serial.get()));
        if (mfa.isEmpty()) {
            throw denied("MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial"
                    + " number is valid and associated with this user.");
        }
        if (!mfa.get().proves(caller, serial.get(), code.get())) {
            throw denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        }
    }

    /// The role, which the authorize stage has let the caller assume.
    Identities.Role role(String arn) {
        return Arn.parse(arn)
                .flatMap(parsed -> identities().role(parsed))
                .orElseThrow(() -> denied("User: " + Call.current().principal().arn()
                        + " is not authorized to perform: sts:AssumeRole on resource: " + arn));
    }

    /// A session of a role.
    Principal session(Identities.Role role, String name, Narrowing narrowing) {
        Arn arn = Arn.parse(role.arn()).orElseThrow();
        String resource = "assumed-role/" + arn.name() + '/' + name;
        String sessionArn = new Arn(arn.partition(), StsService.ID, "", arn.account(), resource).toString();
        var session = new Session(
                role.arn(),
                kernel.time().now(),
                narrowing.policies(),
                narrowing.tags(),
                narrowing.transitive(),
                narrowing.facts(),
                Optional.empty());
        return new Principal(sessionArn, arn.account(), role.uniqueId() + ':' + name, session);
    }

    Sts.Credentials credentials(Principal who, Duration lifetime) {
        Sessions.Issued issued = sessions.issue(
                who, kernel.time().now().truncatedTo(ChronoUnit.SECONDS).plus(lifetime));
        return new Sts.Credentials()
                .accessKeyId(issued.accessKeyId())
                .secretAccessKey(issued.secret())
                .sessionToken(issued.token())
                .expiration(issued.expires());
    }

    static Sts.AssumedRoleUser user(Principal who) {
        return new Sts.AssumedRoleUser().assumedRoleId(who.userId()).arn(who.arn());
    }

    /// The policies that an input lays upon the session: ARNs first, then its own.
    static List<String> policies(Struct in) {
        var policies = new ArrayList<String>();
        if (in.get("PolicyArns") instanceof List<?> arns) {
            arns.forEach(each -> policies.add(String.valueOf(((Struct) each).get("arn"))));
            checkNumber(policies);
        }
        if (in.get("Policy") instanceof String document) {
            check(document);
            policies.add(document);
        }
        return policies;
    }

    private static void checkNumber(List<String> arns) {
        if (arns.size() > MOST_ARNS) {
            throw VALIDATION.because(
                    "1 validation error detected: Value '%s' at 'policyArns' failed to satisfy constraint: "
                            + "Member must have length less than or equal to %d",
                    arns, MOST_ARNS);
        }
    }

    /// Session tags as a request gives them: no key twice, whatever its case, and none of AWS's own.
    static Map<String, String> tags(List<Sts.Tag> given) {
        var tags = new LinkedHashMap<String, String>();
        for (Sts.Tag tag : given) {
            if (tag.key().regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
                throw INVALID_PARAMETER.because("Tag keys can not start with 'aws:'. Please use a different tag key.");
            }
            if (tags.keySet().stream().anyMatch(key -> key.equalsIgnoreCase(tag.key()))) {
                throw INVALID_PARAMETER.because(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    private static void check(String document) {
        try {
            Document.parse(document, Grammar.IDENTITY);
        } catch (Malformed malformed) {
            throw Sts.MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(malformed.message());
        }
    }

    /// How much of what a session may carry is used, in percent; nothing where it carries nothing.
    static Optional<Integer> packed(List<String> policies, Map<String, String> tags) {
        int size = policies.stream().mapToInt(String::length).sum()
                + tags.entrySet().stream()
                        .mapToInt(tag -> tag.getKey().length() + tag.getValue().length())
                        .sum();
        int percent = (size * 100 + POLICY_LIMIT - 1) / POLICY_LIMIT;
        if (percent > 100) {
            throw Sts.PACKED_POLICY_TOO_LARGE_EXCEPTION.because(
                    "Packed size of session tags consumes %d%% of allotted space.", percent);
        }
        return size == 0 ? Optional.empty() : Optional.of(percent);
    }
}

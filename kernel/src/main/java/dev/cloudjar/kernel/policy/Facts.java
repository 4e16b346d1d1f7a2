package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The condition keys of one access in one call. Each is worked out when a condition asks for it.
///
/// @param now the world's time
/// @param principalTags those of the user or role; session tags come before them
/// @param resourceTags those of the resource
/// @param input the keys that the input holds
/// @param limits where an account stands in its organization
record Facts(
        Call call,
        Access access,
        Instant now,
        Supplier<Map<String, String>> principalTags,
        Supplier<Map<String, String>> resourceTags,
        Values input,
        Function<String, Optional<Limits>> limits)
        implements Values {
    private static final String PRINCIPAL_TAG = "aws:principaltag/";

    @Override
    public List<String> of(String key) {
        List<String> known = own(access, key);
        List<String> own = known.isEmpty() ? access.asked().of(key) : known;
        if (!own.isEmpty()) {
            return own;
        }
        if (key.startsWith("aws:")) {
            return global(key);
        }
        int tag = key.indexOf(":resourcetag/");
        List<String> asked = tag < 0 ? input.of(key) : tag(resourceTags.get(), key.substring(key.indexOf('/') + 1));
        return asked.isEmpty() ? session(key) : asked;
    }

    private static List<String> own(Access access, String key) {
        for (Map.Entry<String, List<String>> each : access.keys().entrySet()) {
            if (each.getKey().equalsIgnoreCase(key)) {
                return each.getValue();
            }
        }
        return List.of();
    }

    /// The values that a key of the action's service has in the request itself.
    static List<String> narrowing(String key, Access access, Values input) {
        if (!key.regionMatches(0, access.action(), 0, key.indexOf(':') + 1)) {
            return List.of();
        }
        List<String> own = own(access, key);
        return own.isEmpty() ? input.of(key.toLowerCase(Locale.ROOT)) : own;
    }

    private List<String> global(String key) {
        if (key.startsWith(PRINCIPAL_TAG)) {
            String name = key.substring(PRINCIPAL_TAG.length());
            List<String> ofSession = tag(who().session().tags(), name);
            return ofSession.isEmpty() ? tag(principalTags.get(), name) : ofSession;
        }
        if (key.startsWith("aws:resourcetag/")) {
            return tag(resourceTags.get(), key.substring("aws:resourcetag/".length()));
        }
        List<String> found = switch (key) {
            case "aws:currenttime" -> List.of(now.toString());
            case "aws:epochtime" -> List.of(Long.toString(now.getEpochSecond()));
            case "aws:requestedregion" -> List.of(call.region());
            case "aws:resourceaccount" -> List.of(call.account());
            case "aws:resourceorgid" -> organization(call.account());
            case "aws:resourceorgpaths" -> path(call.account());
            case "aws:viaawsservice" -> List.of("false");
            case "aws:vpceorgid" -> ofEndpoint(this::organization);
            case "aws:vpceorgpaths" -> ofEndpoint(this::path);
            default -> principal(key);
        };
        return found.isEmpty() ? request(key) : found;
    }

    private List<String> request(String key) {
        List<String> asked = input.of(key);
        List<String> session = asked.isEmpty() ? session(key) : asked;
        return session.isEmpty() ? call.facts().of(key) : session;
    }

    private List<String> principal(String key) {
        Principal who = who();
        boolean service = who.kind() == Principal.Kind.SERVICE;
        return switch (key) {
            case "aws:principalarn" -> service ? List.of() : List.of(arn(who));
            case "aws:principalaccount" -> service ? List.of() : List.of(who.account());
            case "aws:principalorgid" -> organization(who.account());
            case "aws:principalorgpaths" -> path(who.account());
            case "aws:principaltype" -> List.of(type(who));
            case "aws:principalisawsservice" -> List.of(Boolean.toString(service));
            case "aws:principalservicename", "aws:principalservicenameslist" ->
                service ? List.of(who.arn()) : List.of();
            case "aws:userid" -> List.of(who.userId());
            case "aws:username" -> who.kind() == Principal.Kind.USER ? List.of(name(who.arn())) : List.of();
            case "aws:multifactorauthage" ->
                "true".equals(who.session().facts().get(Session.MFA))
                        ? List.of(Long.toString(
                                Duration.between(who.session().issued(), now).toSeconds()))
                        : List.of();
            case "aws:tokenissuetime" ->
                who.session().isNone()
                        ? List.of()
                        : List.of(who.session().issued().toString());
            default -> List.of();
        };
    }

    private List<String> session(String key) {
        String fact = who().session().facts().get(key);
        return fact == null ? List.of() : List.of(fact);
    }

    /// A session is known by its role.
    private static String arn(Principal who) {
        Session session = who.session();
        return who.kind() == Principal.Kind.SESSION && !session.isNone() ? session.issuer() : who.arn();
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String type(Principal who) {
        return switch (who.kind()) {
            case ROOT -> "Account";
            case USER -> "User";
            case SESSION -> "AssumedRole";
            case FEDERATED_USER -> "FederatedUser";
            case FEDERATED -> "Federated";
            case SERVICE -> "Service";
            case ANONYMOUS -> "Anonymous";
        };
    }

    private List<String> organization(String account) {
        return limits.apply(account).map(l -> List.of(l.place().organization())).orElse(List.of());
    }

    private List<String> ofEndpoint(Function<String, List<String>> fact) {
        List<String> account = call.facts().of("aws:vpceaccount");
        return account.isEmpty() ? List.of() : fact.apply(account.getFirst());
    }

    private List<String> path(String account) {
        return limits.apply(account).map(l -> List.of(l.place().path())).orElse(List.of());
    }

    private static List<String> tag(Map<String, String> tags, String name) {
        for (Map.Entry<String, String> each : tags.entrySet()) {
            if (each.getKey().equalsIgnoreCase(name)) {
                return List.of(each.getValue());
            }
        }
        return List.of();
    }

    private Principal who() {
        return call.principal();
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.Granted.Grant;
import dev.cloudjar.services.s3.Granted.Instance;
import dev.cloudjar.services.s3.Granted.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What S3 Access Grants does for grantees: tells them what they were granted, and hands them credentials for
/// it, in a session of the location's role that reaches no further than the grant.
final class GrantedAccess implements S3Control {
    private static final String SERVICE = "access-grants.s3.amazonaws.com";
    private static final Duration USUAL = Duration.ofHours(1);
    private static final List<String> READING = List.of(
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:GetObjectAcl",
            "s3:GetObjectVersionAcl",
            "s3:ListMultipartUploadParts");
    private static final List<String> WRITING = List.of(
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:DeleteObject",
            "s3:DeleteObjectVersion",
            "s3:AbortMultipartUpload");

    private final Kernel kernel;
    private final Table<String, Instance> instances;
    private final Table<String, Location> locations;
    private final Table<String, Grant> grants;

    GrantedAccess(Parts parts) {
        this.kernel = parts.kernel();
        this.instances = kernel.table(Instance.class);
        this.locations = kernel.table(Location.class);
        this.grants = kernel.table(Grant.class);
    }

    private static String caller() {
        Principal who = Call.current().principal();
        return who.session().isNone() ? who.arn() : who.session().issuer();
    }

    private void checkInstance() {
        if (!instances.has(Instance.ID)) {
            throw AccessGrants.noInstance();
        }
    }

    private static boolean isFor(Grant grant, String caller) {
        return grant.grantee().equals(List.of(GranteeType.IAM, caller))
                && grant.where().application().isEmpty();
    }

    @Override
    public GetDataAccessResult getDataAccess(GetDataAccessRequest in) {
        checkInstance();
        checkTarget(in);
        boolean single = in.targetType().isPresent();
        String target = single || in.target().endsWith("*") ? in.target() : in.target() + '*';
        Grant grant = grants.rows(Span.ALL)
                .filter(one -> isFor(one, caller()) && allows(one.permission(), in.permission()))
                .filter(one -> covers(one.where().scope(), target))
                .max(Comparator.comparingInt(one -> one.where().scope().length()))
                .orElseThrow(() -> Refusals.ACCESS_DENIED.because(
                        "You do not have %s permissions to the requested S3 Prefix: %s", in.permission(), in.target()));
        boolean minimal = in.privilege().filter(Privilege.MINIMAL::equals).isPresent();
        String scope = minimal ? target : grant.where().scope();
        Roles.Credentials session = session(
                grant,
                new Roles.Wish(
                        "access-grants-" + kernel.ids().hex("", 16),
                        in.durationSeconds().map(Duration::ofSeconds).orElse(USUAL),
                        policy(scope, in.permission()),
                        caller(),
                        Arn.here(S3Service.ID, "access-grants/" + Instance.ID)));
        return new GetDataAccessResult()
                .credentials(new Credentials()
                        .accessKeyId(session.accessKeyId())
                        .secretAccessKey(session.secret())
                        .sessionToken(session.token())
                        .expiration(session.expires()))
                .matchedGrantTarget(scope)
                .grantee(new Grantee()
                        .granteeType(grant.grantee().getFirst())
                        .granteeIdentifier(grant.grantee().getLast()));
    }

    private static void checkTarget(GetDataAccessRequest in) {
        boolean wrong = !in.target().startsWith("s3://")
                || in.target().length() == 5
                || (in.targetType().isPresent() && in.target().endsWith("*"));
        if (wrong) {
            throw invalid("The specified target is not valid");
        }
    }

    private static AwsError invalid(String message) {
        return Refusals.request(message);
    }

    private static boolean allows(String granted, String asked) {
        return granted.equals(Permission.READWRITE) || granted.equals(asked);
    }

    /// Whether all of `target` lies within `scope`, a star at the end standing for all that follows.
    private static boolean covers(String scope, String target) {
        return scope.endsWith("*")
                ? target.startsWith(scope.substring(0, scope.length() - 1))
                : target.equals(scope)
                        || target.equals(scope + "/*")
                        || (scope.endsWith("/") && target.startsWith(scope));
    }

    private Roles.Credentials session(Grant grant, Roles.Wish wish) {
        Location location = locations.find(grant.location()).orElseThrow(GrantLocations::noSuch);
        Arn role = Arn.parse(location.role()).orElseThrow(() -> unusable(location));
        return kernel.port(Roles.class).orElseThrow(() -> unusable(location)).assume(role, SERVICE, wish);
    }

    private static AwsError unusable(Location location) {
        return Refusals.ACCESS_DENIED.because("S3 Access Grants cannot assume the role %s", location.role());
    }

    /// The session policy that lets through what was asked for, in the scope, and nothing else.
    private static String policy(String scope, String permission) {
        String path = scope.substring("s3://".length());
        int slash = path.indexOf('/');
        String bucket = "arn:aws:s3:::" + (slash < 0 ? path.replace("*", "") : path.substring(0, slash));
        String prefix = slash < 0 ? "*" : path.substring(slash + 1);
        boolean reads = !permission.equals(Permission.WRITE);
        List<String> actions = new ArrayList<>(reads ? READING : List.of());
        if (!permission.equals(Permission.READ)) {
            actions.addAll(WRITING);
        }
        List<Object> statements = new ArrayList<>();
        statements.add(Map.of("Effect", "Allow", "Action", actions, "Resource", bucket + '/' + prefix));
        if (reads && prefix.equals("*")) {
            statements.add(Map.of("Effect", "Allow", "Action", "s3:ListBucket", "Resource", bucket));
        } else if (reads && prefix.endsWith("*")) {
            statements.add(Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    "s3:ListBucket",
                    "Resource",
                    bucket,
                    "Condition",
                    Map.of("StringLike", Map.of("s3:prefix", prefix))));
        }
        return Json.write(Map.of("Version", "2012-10-17", "Statement", statements));
    }

    @Override
    public ListCallerAccessGrantsResult listCallerAccessGrants(ListCallerAccessGrantsRequest in) {
        checkInstance();
        String within = in.grantScope().orElse("");
        var page = kernel.tokens()
                .page(
                        GrantLocations.paging(in.maxResults(), in.nextToken()),
                        "caller-grants",
                        start -> grants.rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(grant -> isFor(grant, caller())
                                        && grant.where().scope().startsWith(within)),
                        Grant::key);
        return new ListCallerAccessGrantsResult()
                .callerAccessGrantsList(page.items().stream()
                        .map(grant -> new ListCallerAccessGrantsEntry()
                                .permission(grant.permission())
                                .grantScope(grant.where().scope()))
                        .toList())
                .nextToken(page.next());
    }

    /// The policy that lets other accounts ask the instance of this account and region.
    Optional<String> policy(Arn instance) {
        return Call.current()
                .in(instance.account(), instance.region())
                .run(() -> kernel.transact(() -> instances.find(Instance.ID)))
                .map(Instance::policy);
    }
}

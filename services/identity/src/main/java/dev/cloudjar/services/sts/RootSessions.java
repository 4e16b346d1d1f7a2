package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Memberships.Membership;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.policy.Identities;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// AssumeRoot: a short session as the root user of a member account, for one of five tasks.
final class RootSessions implements Sts {
    private static final Duration LONGEST = Duration.ofSeconds(900);
    private static final String TASKS = "arn:aws:iam::aws:policy/root-task/";
    private static final Set<String> KNOWN = Set.of(
            "IAMAuditRootUserCredentials",
            "IAMCreateRootUserPassword",
            "IAMDeleteRootUserCredentials",
            "S3UnlockBucketPolicy",
            "SQSUnlockQueuePolicy");

    private final Kernel kernel;
    private final Issuing issuing;

    RootSessions(Kernel kernel, Issuing issuing) {
        this.kernel = kernel;
        this.issuing = issuing;
    }

    /// The root user that is meant, by its ARN or its account.
    static String target(String principal) {
        return principal.startsWith("arn:") ? principal : "arn:aws:iam::" + principal + ":root";
    }

    /// Who may assume the root user of the account in `root`: nobody, unless its organization has said so.
    static Optional<ResourcePolicy> policy(Kernel kernel, Arn root) {
        Optional<Membership> membership = kernel.port(Memberships.class).flatMap(port -> port.of(root.account()));
        String caller = Call.current().principal().account();
        boolean open = membership
                .filter(found -> !found.management().equals(root.account()))
                .filter(found -> kernel.port(Identities.class).orElseThrow().hasRootSessions(found.organization()))
                .flatMap(_ -> kernel.port(Memberships.class).flatMap(port -> port.of(caller)))
                .filter(theirs -> theirs.organization().equals(membership.get().organization()))
                .filter(theirs -> theirs.administers(caller, "iam.amazonaws.com"))
                .isPresent();
        String text = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoot\","
                + "\"Resource\":\"" + root + "\",\"Principal\":{\"AWS\":\"" + caller + "\"}}]}";
        return open ? Optional.of(new ResourcePolicy(text, ResourcePolicy.Kind.PLAIN)) : Optional.empty();
    }

    @Override
    public AssumeRootResponse assumeRoot(AssumeRootRequest in) {
        Principal caller = Call.current().principal();
        Arn root = Arn.parse(target(in.targetPrincipal()))
                .filter(arn -> arn.resource().equals("root"))
                .orElseThrow(() -> Issuing.VALIDATION.because("Invalid target principal."));
        String task = in.taskPolicyArn().arn().orElse("");
        if (!task.startsWith(TASKS) || !KNOWN.contains(task.substring(TASKS.length()))) {
            throw Issuing.VALIDATION.because("The task policy %s is not valid.", task);
        }
        boolean own = caller.account().equals(root.account());
        if (own || caller.kind() == Principal.Kind.ROOT) {
            throw Issuing.denied(
                    "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRoot on resource: " + root);
        }
        Map<String, String> facts = new HashMap<>();
        Optional<String> source = Optional.ofNullable(caller.session().facts().get(Vouched.SOURCE_IDENTITY));
        source.ifPresent(identity -> facts.put(Vouched.SOURCE_IDENTITY, identity));
        facts.put("aws:assumedroot", "true");
        var session = new Session(
                caller.arn(), kernel.time().now(), List.of(task), Map.of(), List.of(), facts, Optional.empty());
        var who = new Principal(root.toString(), root.account(), root.account(), session);
        Duration lifetime = in.durationSeconds().map(Duration::ofSeconds).orElse(LONGEST);
        return new AssumeRootResponse()
                .credentials(Call.current().in(root.account()).run(() -> issuing.credentials(who, lifetime)))
                .sourceIdentity(source);
    }
}

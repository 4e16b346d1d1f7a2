package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;

/// What a caller wants who assumes a role: the role, and where session tags or a source identity come with it,
/// those.
final class Wanted {
    private Wanted() {}

    static List<Access> toAssume(Struct input) {
        Issuing.checkNotRoot();
        String role = String.valueOf(input.get("RoleArn"));
        var wanted = new ArrayList<Access>();
        wanted.add(known(input, Access.of("sts:AssumeRole", role)));
        if (input.get("Tags") instanceof List<?> tags && !tags.isEmpty()) {
            wanted.add(known(input, Access.of("sts:TagSession", role)));
        }
        if (input.get("SourceIdentity") instanceof String) {
            wanted.add(known(input, Access.of("sts:SetSourceIdentity", role)));
        }
        return wanted;
    }

    /// The root user of a member account, for one task.
    static List<Access> toAssumeRoot(Struct input) {
        String root = RootSessions.target(String.valueOf(input.get("TargetPrincipal")));
        String task = input.get("TaskPolicyArn") instanceof Struct policy ? String.valueOf(policy.get("arn")) : "";
        return List.of(Access.of("sts:AssumeRoot", root).with("sts:TaskPolicyArn", task));
    }

    private static Access known(Struct input, Access access) {
        Access known = access;
        known = with(known, input, "sts:ExternalId", "ExternalId");
        known = with(known, input, "sts:RoleSessionName", "RoleSessionName");
        known = with(known, input, "sts:SourceIdentity", "SourceIdentity");
        known = with(known, input, "sts:DurationSeconds", "DurationSeconds");
        if (input.get("TransitiveTagKeys") instanceof List<?> keys && !keys.isEmpty()) {
            known = known.with(
                    "sts:TransitiveTagKeys", keys.stream().map(String::valueOf).toArray(String[]::new));
        }
        return input.get("TokenCode") == null ? known : known.with("aws:MultiFactorAuthPresent", "true");
    }

    private static Access with(Access access, Struct input, String key, String member) {
        Object value = input.get(member);
        return value == null ? access : access.with(key, value.toString());
    }
}

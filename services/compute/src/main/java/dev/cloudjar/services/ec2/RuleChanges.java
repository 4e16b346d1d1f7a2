package dev.cloudjar.services.ec2;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.ec2.Permissions.Asked;
import dev.cloudjar.services.ec2.RuleRow.Group;
import dev.cloudjar.services.ec2.RuleRow.Match;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Traffic allowed and no longer allowed: rules added to a security group and taken away.
record RuleChanges(Network network, DefaultVpc defaults) implements Part {
    private static final Code DUPLICATE = Code.of("InvalidPermission.Duplicate", 400);
    private static final Code MISSING = Code.of("InvalidPermission.NotFound", 400);
    private static final Code LIMIT = Code.of("RulesPerSecurityGroupLimitExceeded", 400);
    private static final int MOST = 60;

    @Override
    public AuthorizeSecurityGroupIngressResult authorizeSecurityGroupIngress(AuthorizeSecurityGroupIngressRequest in) {
        List<SecurityGroupRule> made = authorize(in, in.ipPermissions(), false, in.tagSpecifications());
        return new AuthorizeSecurityGroupIngressResult().return_(true).securityGroupRules(made);
    }

    @Override
    public AuthorizeSecurityGroupEgressResult authorizeSecurityGroupEgress(AuthorizeSecurityGroupEgressRequest in) {
        List<SecurityGroupRule> made = authorize(in, in.ipPermissions(), true, in.tagSpecifications());
        return new AuthorizeSecurityGroupEgressResult().return_(true).securityGroupRules(made);
    }

    private List<SecurityGroupRule> authorize(
            Struct in, List<IpPermission> given, boolean egress, List<TagSpecification> specifications) {
        GroupRow group = group(in);
        Map<String, String> tags = TagSpecifications.of(specifications, "security-group-rule");
        List<Asked> asked = new Permissions(network).read(permissions(in, given), group, egress);
        List<RuleRow> rules = network.rulesOf(group);
        check(rules, asked, egress);
        List<String> added = new ArrayList<>();
        for (Asked rule : asked) {
            added.add(network.rules()
                    .create(tags, id -> new RuleRow(id, group.id(), rule.match(), rule.description()))
                    .id());
        }
        network.groups().put(group.adding(added));
        return added.stream()
                .map(id -> SecurityGroupRules.told(network, network.rules().get(id)))
                .toList();
    }

    private static void check(List<RuleRow> rules, List<Asked> asked, boolean egress) {
        var seen = new HashSet<Match>();
        for (Asked rule : asked) {
            if (!seen.add(rule.match())) {
                throw Refusals.INVALID_VALUE.because("The same permission must not appear multiple times");
            }
            if (rules.stream().anyMatch(old -> old.match().equals(rule.match()))) {
                throw duplicate(rule.match());
            }
        }
        long there =
                rules.stream().filter(rule -> rule.match().egress() == egress).count();
        if (there + asked.size() > MOST) {
            throw LIMIT.because("The maximum number of rules per security group has been reached.");
        }
    }

    static AwsError duplicate(Match match) {
        return DUPLICATE.because("the specified rule \"%s\" already exists", match);
    }

    @Override
    public RevokeSecurityGroupIngressResult revokeSecurityGroupIngress(RevokeSecurityGroupIngressRequest in) {
        Revoked done = revoke(in, in.ipPermissions(), false, in.securityGroupRuleIds());
        return new RevokeSecurityGroupIngressResult()
                .return_(true)
                .revokedSecurityGroupRules(done.rules())
                .unknownIpPermissions(done.unknown());
    }

    @Override
    public RevokeSecurityGroupEgressResult revokeSecurityGroupEgress(RevokeSecurityGroupEgressRequest in) {
        Revoked done = revoke(in, in.ipPermissions(), true, in.securityGroupRuleIds());
        return new RevokeSecurityGroupEgressResult()
                .return_(true)
                .revokedSecurityGroupRules(done.rules())
                .unknownIpPermissions(done.unknown());
    }

    /// What was revoked, and what there was nothing of.
    private record Revoked(List<RevokedSecurityGroupRule> rules, List<IpPermission> unknown) {}

    private Revoked revoke(Struct in, List<IpPermission> given, boolean egress, List<String> ids) {
        GroupRow group = group(in);
        List<RuleRow> gone = new ArrayList<>();
        List<RuleRow> unknown = new ArrayList<>();
        if (ids.isEmpty()) {
            for (Asked asked : new Permissions(network).read(permissions(in, given), group, egress)) {
                find(network, group, asked.match())
                        .ifPresentOrElse(gone::add, () -> unknown.add(unknown(group, asked)));
            }
        } else {
            ids.stream().distinct().forEach(id -> gone.add(ruleOf(group, egress, id)));
        }
        List<String> removed = gone.stream().map(RuleRow::id).toList();
        removed.forEach(network.rules()::remove);
        network.groups().put(group.without(removed));
        return new Revoked(gone.stream().map(this::revoked).toList(), Permissions.told(unknown, egress));
    }

    /// In a default VPC it is told which rules there were none of, elsewhere that is refused.
    private RuleRow unknown(GroupRow group, Asked asked) {
        if (!network.vpcs().get(group.vpc()).isDefault()) {
            throw missing();
        }
        return new RuleRow("", group.id(), asked.match(), asked.description());
    }

    private RuleRow ruleOf(GroupRow group, boolean egress, String id) {
        return network.rules()
                .find(id)
                .filter(rule -> rule.group().equals(group.id()) && rule.match().egress() == egress)
                .orElseThrow(() -> network.rules().kind().missing().apply(id));
    }

    /// The rule of the group that is just this.
    static Optional<RuleRow> find(Network network, GroupRow group, Match match) {
        return network.rulesOf(group).stream()
                .filter(rule -> rule.match().equals(match))
                .findFirst();
    }

    static AwsError missing() {
        return MISSING.because("The specified rule does not exist in this security group.");
    }

    private GroupRow group(Struct in) {
        return SecurityGroups.find(
                network, Optional.ofNullable((String) in.get("GroupId")), Optional.ofNullable((String)
                        in.get("GroupName")));
    }

    /// The permissions of a request, or the one that it gives in the old way, with members of its own.
    private static List<IpPermission> permissions(Struct in, List<IpPermission> given) {
        var old = new IpPermission();
        old.copyFrom(in);
        if (in.get("CidrIp") instanceof String cidr) {
            old.ipRanges(List.of(new IpRange().cidrIp(cidr)));
        }
        if (in.get("SourceSecurityGroupName") instanceof String name) {
            old.userIdGroupPairs(List.of(new UserIdGroupPair().groupName(name)));
        }
        if (given.isEmpty() && old.ipProtocol().isEmpty()) {
            throw Refusals.MISSING_PARAMETER.because(
                    "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.");
        }
        return given.isEmpty() ? List.of(old) : given;
    }

    private RevokedSecurityGroupRule revoked(RuleRow rule) {
        var revoked = RevokedSecurityGroupRule.from(SecurityGroupRules.told(network, rule));
        return rule.match().peer() instanceof Group group ? revoked.referencedGroupId(group.id()) : revoked;
    }
}

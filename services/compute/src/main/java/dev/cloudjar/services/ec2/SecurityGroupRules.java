package dev.cloudjar.services.ec2;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.ec2.RuleRow.Group;
import dev.cloudjar.services.ec2.RuleRow.Ipv4;
import dev.cloudjar.services.ec2.RuleRow.Ipv6;
import dev.cloudjar.services.ec2.RuleRow.Match;
import dev.cloudjar.services.ec2.RuleRow.Prefixes;
import dev.cloudjar.services.ec2.RuleRow.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Security group rules one by one: listed, replaced and described anew.
record SecurityGroupRules(Network network, DefaultVpc defaults) implements Part {
    @Override
    public DescribeSecurityGroupRulesResult describeSecurityGroupRules(DescribeSecurityGroupRulesRequest in) {
        Page<RuleRow> page = Listing.of(network.rules(), in, "SecurityGroupRuleIds");
        return new DescribeSecurityGroupRulesResult()
                .securityGroupRules(page.map(rule -> told(network, rule)).items())
                .nextToken(page.next());
    }

    static Ec2.SecurityGroupRule told(Network network, RuleRow rule) {
        Match match = rule.match();
        var told = new Ec2.SecurityGroupRule()
                .securityGroupRuleId(rule.id())
                .securityGroupRuleArn(Network.arn("security-group-rule", rule.id()))
                .groupId(rule.group())
                .groupOwnerId(Call.current().account())
                .isEgress(match.egress())
                .ipProtocol(match.traffic().protocol())
                .fromPort(match.traffic().from())
                .toPort(match.traffic().to())
                .description(rule.description())
                .tags(Tags.as(network.rules().tags(rule.id()), Tag::new));
        return switch (match.peer()) {
            case Ipv4 block -> told.cidrIpv4(block.text());
            case Ipv6 block -> told.cidrIpv6(block.cidr());
            case Prefixes list -> told.prefixListId(list.list());
            case Group group ->
                told.referencedGroupInfo(
                        new ReferencedSecurityGroup().groupId(group.id()).userId(group.owner()));
        };
    }

    @Override
    public ModifySecurityGroupRulesResult modifySecurityGroupRules(ModifySecurityGroupRulesRequest in) {
        GroupRow group = SecurityGroups.find(network, Optional.of(in.groupId()), Optional.empty());
        for (SecurityGroupRuleUpdate update : in.securityGroupRules()) {
            RuleRow rule = ruleOf(group, update.securityGroupRuleId());
            SecurityGroupRuleRequest asked =
                    update.securityGroupRule().orElseThrow(() -> Refusals.missing("SecurityGroupRule"));
            Match match = match(group, rule, asked);
            boolean taken = network.rulesOf(group).stream()
                    .anyMatch(
                            other -> other.match().equals(match) && !other.id().equals(rule.id()));
            if (taken) {
                throw RuleChanges.duplicate(match);
            }
            network.rules().put(rule.with(match, asked.description()));
        }
        return new ModifySecurityGroupRulesResult().return_(true);
    }

    private RuleRow ruleOf(GroupRow group, String id) {
        return network.rules()
                .find(id)
                .filter(rule -> rule.group().equals(group.id()))
                .orElseThrow(() -> network.rules().kind().missing().apply(id));
    }

    private Match match(GroupRow group, RuleRow rule, SecurityGroupRuleRequest asked) {
        Traffic traffic = Permissions.traffic(asked.ipProtocol(), asked.fromPort(), asked.toPort());
        var permissions = new Permissions(network);
        var peer = Stream.of(
                        asked.cidrIpv4().map(Permissions::ipv4),
                        asked.cidrIpv6().map(Permissions::ipv6),
                        asked.prefixListId().map(Prefixes::new),
                        asked.referencedGroupId().map(id -> permissions.group(id, group)))
                .<RuleRow.Peer>flatMap(Optional::stream)
                .toList();
        if (peer.size() != 1) {
            throw Refusals.INVALID_COMBINATION.because(
                    "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified");
        }
        return new Match(rule.match().egress(), traffic, peer.getFirst());
    }

    @Override
    public UpdateSecurityGroupRuleDescriptionsIngressResult updateSecurityGroupRuleDescriptionsIngress(
            UpdateSecurityGroupRuleDescriptionsIngressRequest in) {
        GroupRow group = SecurityGroups.find(network, in.groupId(), in.groupName());
        describe(group, false, in.ipPermissions(), in.securityGroupRuleDescriptions());
        return new UpdateSecurityGroupRuleDescriptionsIngressResult().return_(true);
    }

    @Override
    public UpdateSecurityGroupRuleDescriptionsEgressResult updateSecurityGroupRuleDescriptionsEgress(
            UpdateSecurityGroupRuleDescriptionsEgressRequest in) {
        GroupRow group = SecurityGroups.find(network, in.groupId(), in.groupName());
        describe(group, true, in.ipPermissions(), in.securityGroupRuleDescriptions());
        return new UpdateSecurityGroupRuleDescriptionsEgressResult().return_(true);
    }

    private void describe(
            GroupRow group,
            boolean egress,
            List<IpPermission> permissions,
            List<SecurityGroupRuleDescription> descriptions) {
        if (permissions.isEmpty() == descriptions.isEmpty()) {
            throw permissions.isEmpty()
                    ? Refusals.MISSING_PARAMETER.because(
                            "Either 'ipPermissions' or 'securityGroupRuleDescriptions' should be provided.")
                    : Refusals.INVALID_COMBINATION.because(
                            "The parameter ipPermissions cannot be used with the parameter"
                                    + " securityGroupRuleDescriptions");
        }
        for (Permissions.Asked asked : new Permissions(network).read(permissions, group, egress)) {
            RuleRow rule = RuleChanges.find(network, group, asked.match()).orElseThrow(RuleChanges::missing);
            network.rules().put(rule.with(rule.match(), asked.description()));
        }
        for (SecurityGroupRuleDescription asked : descriptions) {
            RuleRow rule = ruleOf(group, asked.securityGroupRuleId().orElse(""));
            network.rules().put(rule.with(rule.match(), asked.description()));
        }
    }
}

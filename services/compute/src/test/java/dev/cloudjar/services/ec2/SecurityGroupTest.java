package dev.cloudjar.services.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.api.Ec2.AuthorizeSecurityGroupIngressRequest;
import dev.cloudjar.api.Ec2.CreateSecurityGroupRequest;
import dev.cloudjar.api.Ec2.IpPermission;
import dev.cloudjar.api.Ec2.IpRange;
import dev.cloudjar.api.Ec2.RevokeSecurityGroupEgressRequest;
import dev.cloudjar.api.Ec2.RevokeSecurityGroupIngressRequest;
import dev.cloudjar.api.Ec2.UserIdGroupPair;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Security groups and their rules, as EC2 keeps, tells and refuses them.
class SecurityGroupTest {
    @AutoClose
    private final Ec2UnderTest ec2 = Ec2UnderTest.fresh();

    private final String vpc = ec2.vpc("10.0.0.0/16");
    private final String group = ec2.group(vpc, "web");

    private static IpPermission tcp(int port, String... blocks) {
        return new IpPermission()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(List.of(blocks).stream()
                        .map(b -> new IpRange().cidrIp(b))
                        .toList());
    }

    private AuthorizeSecurityGroupIngressRequest allow(IpPermission... permissions) {
        return new AuthorizeSecurityGroupIngressRequest().groupId(group).ipPermissions(List.of(permissions));
    }

    private List<Ec2.SecurityGroupRule> rules(String of) {
        return ec2.<Ec2.DescribeSecurityGroupRulesResult>call(new Ec2.DescribeSecurityGroupRulesRequest()
                        .filters(List.of(Ec2UnderTest.filter("group-id", of))))
                .securityGroupRules();
    }

    @Test
    void aNewGroupLetsOutEverythingAndInNothing() {
        Ec2.SecurityGroup made = ec2.described(group);

        assertThat(made.ipPermissions()).isEmpty();
        assertThat(made.ipPermissionsEgress()).singleElement().satisfies(all -> {
            assertThat(all.ipProtocol()).contains("-1");
            assertThat(all.fromPort()).isEmpty();
            assertThat(all.ipRanges()).containsExactly(new IpRange().cidrIp("0.0.0.0/0"));
        });
        assertThat(made.securityGroupArn()).contains("arn:aws:ec2:us-east-1:111122223333:security-group/" + group);
        assertThat(rules(group)).singleElement().satisfies(rule -> {
            assertThat(rule.isEgress()).contains(true);
            assertThat(rule.fromPort()).contains(-1);
        });
    }

    @Test
    void theDefaultGroupLetsItsMembersIn() {
        Ec2.SecurityGroup own = ec2.<Ec2.DescribeSecurityGroupsResult>call(new Ec2.DescribeSecurityGroupsRequest()
                        .filters(List.of(
                                Ec2UnderTest.filter("vpc-id", vpc), Ec2UnderTest.filter("group-name", "default"))))
                .securityGroups()
                .getFirst();

        assertThat(own.ipPermissions().getFirst().userIdGroupPairs())
                .containsExactly(new UserIdGroupPair()
                        .groupId(own.groupId().orElseThrow())
                        .userId(Ec2UnderTest.ACCOUNT));
        assertThat(ec2.refusal(new Ec2.DeleteSecurityGroupRequest().groupId(own.groupId())))
                .isEqualTo("CannotDelete: the specified group: \""
                        + own.groupId().orElseThrow() + "\" name: \"default\" cannot be deleted by a user");
    }

    @Test
    void rulesOfTheSameTrafficAreToldTogetherAndOneByOne() {
        Ec2.AuthorizeSecurityGroupIngressResult made = ec2.call(allow(
                tcp(443, "10.0.0.0/8", "192.168.0.9/16"),
                tcp(443).userIdGroupPairs(
                                List.of(new UserIdGroupPair().groupId(group).description("mates"))),
                new IpPermission()
                        .ipProtocol("icmp")
                        .fromPort(-1)
                        .toPort(-1)
                        .ipv6Ranges(List.of(new Ec2.Ipv6Range().cidrIpv6("2001:DB8:0:0::1/64")))));

        assertThat(made.return_()).contains(true);
        assertThat(made.securityGroupRules()).hasSize(4);
        assertThat(ec2.described(group).ipPermissions()).hasSize(2).first().satisfies(https -> {
            assertThat(https.ipRanges())
                    .containsExactly(new IpRange().cidrIp("10.0.0.0/8"), new IpRange().cidrIp("192.168.0.0/16"));
            assertThat(https.userIdGroupPairs().getFirst().description()).contains("mates");
        });
        assertThat(rules(group))
                .hasSize(5)
                .anyMatch(
                        rule -> rule.cidrIpv6().filter("2001:db8::/64"::equals).isPresent());
    }

    @Test
    void theOldWayToSayARuleIsTheSameRule() {
        ec2.call(new AuthorizeSecurityGroupIngressRequest()
                .groupId(group)
                .ipProtocol("6")
                .fromPort(22)
                .toPort(22)
                .cidrIp("0.0.0.0/0"));

        assertThat(ec2.refusal(allow(tcp(22, "0.0.0.0/0"))))
                .isEqualTo("InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 22,"
                        + " to port: 22, ALLOW\" already exists");
    }

    @Test
    void aRuleIsRevokedByWhatItSaysOrByItsId() {
        ec2.call(allow(tcp(22, "0.0.0.0/0"), tcp(23, "0.0.0.0/0")));
        ec2.call(new RevokeSecurityGroupIngressRequest().groupId(group).ipPermissions(List.of(tcp(22, "0.0.0.0/0"))));
        String id = rules(group).stream()
                .filter(rule -> rule.fromPort().equals(java.util.Optional.of(23)))
                .findFirst()
                .orElseThrow()
                .securityGroupRuleId()
                .orElseThrow();
        var byId = new RevokeSecurityGroupIngressRequest().groupId(group).securityGroupRuleIds(List.of(id));
        Ec2.RevokeSecurityGroupIngressResult revoked = ec2.call(byId);

        assertThat(revoked.revokedSecurityGroupRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.cidrIpv4()).contains("0.0.0.0/0"));
        assertThat(ec2.described(group).ipPermissions()).isEmpty();
        assertThat(ec2.refusal(byId))
                .isEqualTo(
                        "InvalidSecurityGroupRuleId.NotFound: The security group rule ID '" + id + "' does not exist");
        assertThat(ec2.refusal(new RevokeSecurityGroupIngressRequest()
                        .groupId(group)
                        .ipPermissions(List.of(tcp(22, "0.0.0.0/0")))))
                .isEqualTo("InvalidPermission.NotFound: The specified rule does not exist in this security group.");
        ec2.call(new RevokeSecurityGroupEgressRequest()
                .groupId(group)
                .ipPermissions(List.of(
                        new IpPermission().ipProtocol("-1").ipRanges(List.of(new IpRange().cidrIp("0.0.0.0/0"))))));
        assertThat(ec2.described(group).ipPermissionsEgress()).isEmpty();
    }

    @Test
    void aRuleIsReplacedAndDescribedAnew() {
        ec2.call(allow(tcp(22, "0.0.0.0/0"), tcp(80, "0.0.0.0/0")));
        String id = ec2.<Ec2.AuthorizeSecurityGroupIngressResult>call(allow(tcp(8080, "0.0.0.0/0")))
                .securityGroupRules()
                .getFirst()
                .securityGroupRuleId()
                .orElseThrow();
        var asked = new Ec2.SecurityGroupRuleRequest()
                .ipProtocol("tcp")
                .fromPort(8081)
                .toPort(8082);
        var update = new Ec2.SecurityGroupRuleUpdate().securityGroupRuleId(id);
        var request = new Ec2.ModifySecurityGroupRulesRequest().groupId(group).securityGroupRules(List.of(update));

        update.securityGroupRule(asked.cidrIpv4("10.0.0.0/8").description("new"));
        ec2.call(request);

        assertThat(rules(group))
                .anyMatch(rule -> rule.securityGroupRuleId().orElseThrow().equals(id)
                        && rule.toPort().orElse(0) == 8082
                        && rule.description().orElse("").equals("new"));
        update.securityGroupRule(asked.fromPort(80).toPort(80).cidrIpv4("0.0.0.0/0"));
        assertThat(ec2.refusal(request)).startsWith("InvalidPermission.Duplicate: ");
        ec2.call(new Ec2.UpdateSecurityGroupRuleDescriptionsIngressRequest()
                .groupId(group)
                .ipPermissions(List.of(tcp(22).ipRanges(
                                List.of(new IpRange().cidrIp("0.0.0.0/0").description("ssh"))))));
        assertThat(ec2.described(group).ipPermissions().getFirst().ipRanges())
                .containsExactly(new IpRange().cidrIp("0.0.0.0/0").description("ssh"));
    }

    @Test
    void aGroupThatAnotherNamesStays() {
        String other = ec2.group(vpc, "db");
        ec2.call(new AuthorizeSecurityGroupIngressRequest()
                .groupId(other)
                .ipPermissions(List.of(tcp(5432).userIdGroupPairs(List.of(new UserIdGroupPair().groupId(group))))));

        assertThat(ec2.refusal(new Ec2.DeleteSecurityGroupRequest().groupId(group)))
                .isEqualTo("DependencyViolation: resource " + group + " has a dependent object");
        ec2.call(new Ec2.DeleteSecurityGroupRequest().groupId(other));
        ec2.call(new Ec2.DeleteSecurityGroupRequest().groupId(group));
        assertThat(rules(group)).isEmpty();
        assertThat(ec2.refusal(new Ec2.DescribeSecurityGroupsRequest().groupIds(List.of(group))))
                .isEqualTo("InvalidGroup.NotFound: The security group '" + group + "' does not exist");
    }

    @Test
    void whatAwsRefusesIsRefused() {
        ec2.call(allow(tcp(1, "10.0.0.0/8")));
        assertThat(ec2.refusal(allow(tcp(2, "10.0.0.0/8"), tcp(2, "10.0.0.0/8"))))
                .isEqualTo("InvalidParameterValue: The same permission must not appear multiple times");
        assertThat(ec2.refusal(allow(tcp(2, "10.0.0.0/33"))))
                .isEqualTo("InvalidParameterValue: CIDR block 10.0.0.0/33 is malformed");
        assertThat(ec2.refusal(allow(tcp(70_000, "10.0.0.0/8"))))
                .isEqualTo("InvalidParameterValue: TCP/UDP port (70000) out of range");
        assertThat(ec2.refusal(allow(tcp(80, "10.0.0.0/8").toPort(79))))
                .isEqualTo("InvalidParameterValue: Invalid TCP/UDP port range (80:79)");
        assertThat(ec2.refusal(allow(tcp(80, "10.0.0.0/8").ipProtocol("tpc"))))
                .isEqualTo("InvalidParameterValue: Invalid value 'tpc' for IP protocol. Unknown protocol.");
        assertThat(ec2.refusal(allow(tcp(80, "10.0.0.0/8").toPort(java.util.Optional.empty()))))
                .isEqualTo(
                        "InvalidParameterValue: Invalid value 'Must specify both from and to ports with TCP/UDP.' for"
                                + " portRange.");
        assertThat(ec2.refusal(allow(tcp(80)))).startsWith("MissingParameter: Missing source specification");
        assertThat(ec2.refusal(allow(tcp(2, "10.0.0.0/8")).groupId("web")))
                .isEqualTo("InvalidGroupId.Malformed: Invalid id: \"web\" (expecting \"sg-...\")");
    }

    @Test
    void namesAndDescriptionsThatAwsRefusesAreRefused() {
        var right = new CreateSecurityGroupRequest().vpcId(vpc).groupName("x").description("x");
        assertThat(ec2.refusal(CreateSecurityGroupRequest.from(right).groupName("web")))
                .isEqualTo("InvalidGroup.Duplicate: The security group 'web' already exists for VPC '" + vpc + "'");
        assertThat(ec2.refusal(CreateSecurityGroupRequest.from(right).groupName("Default")))
                .isEqualTo("InvalidParameterValue: Cannot use reserved security group name: Default");
        assertThat(ec2.refusal(CreateSecurityGroupRequest.from(right).groupName("sg-x")))
                .startsWith("InvalidParameterValue: Invalid value 'sg-x' for groupName.");
        assertThat(ec2.refusal(CreateSecurityGroupRequest.from(right).description("\u00e9")))
                .startsWith("InvalidParameterValue: Value (\u00e9) for parameter GroupDescription is invalid.");
        ec2.call(right);
    }
}

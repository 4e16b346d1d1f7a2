package dev.cloudjar.conformance.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcState;

/// A network made, found, changed and deleted by AWS's SDK.
@OnCloud
class NetworkTest {
    private final Ec2Client ec2;

    NetworkTest(Ec2Client ec2) {
        this.ec2 = ec2;
    }

    private static void refused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Ec2Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private String vpc(String name) {
        var tags = TagSpecification.builder()
                .resourceType("vpc")
                .tags(List.of(Tag.builder().key("Name").value(name).build()))
                .build();
        return ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16").tagSpecifications(List.of(tags)))
                .vpc()
                .vpcId();
    }

    @Test
    void aNetworkIsFoundAndChanged() {
        String vpc = vpc("main");
        ec2.waiter().waitUntilVpcAvailable(r -> r.vpcIds(vpc));
        Filter named = Filter.builder().name("tag:Name").values("ma?n").build();
        assertThat(ec2.describeVpcs(r -> r.filters(List.of(named))).vpcs())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.vpcId()).isEqualTo(vpc);
                    assertThat(found.state()).isEqualTo(VpcState.AVAILABLE);
                });
        ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(v -> v.value(true)));
        assertThat(ec2.describeVpcAttribute(r -> r.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                        .enableDnsHostnames()
                        .value())
                .isTrue();
    }

    @Test
    void aNetworkInUseStays() {
        String vpc = vpc("used");
        String subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.1.0/24"))
                .subnet()
                .subnetId();
        ec2.waiter().waitUntilSubnetAvailable(r -> r.subnetIds(subnet));

        refused(
                () -> ec2.deleteVpc(r -> r.vpcId(vpc)),
                400,
                "DependencyViolation",
                "The vpc '" + vpc + "' has dependencies and cannot be deleted.");
        ec2.deleteSubnet(r -> r.subnetId(subnet));
        ec2.deleteVpc(r -> r.vpcId(vpc));
        refused(
                () -> ec2.describeVpcs(r -> r.vpcIds(vpc)),
                400,
                "InvalidVpcID.NotFound",
                "The vpc ID '" + vpc + "' does not exist");
    }

    @Test
    void rulesComeAndGo() {
        String group = ec2.createSecurityGroup(r -> r.groupName("web").description("Web"))
                .groupId();
        var made = ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                .ipPermissions(List.of(IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .ipRanges(List.of(IpRange.builder()
                                .cidrIp("0.0.0.0/0")
                                .description("all")
                                .build()))
                        .build())));
        assertThat(made.returnValue()).isTrue();
        String rule = made.securityGroupRules().getFirst().securityGroupRuleId();
        assertThat(ec2.describeSecurityGroupRules(r -> r.securityGroupRuleIds(rule))
                        .securityGroupRules()
                        .getFirst()
                        .cidrIpv4())
                .isEqualTo("0.0.0.0/0");

        refused(
                () -> ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .cidrIp("0.0.0.0/0")),
                400,
                "InvalidPermission.Duplicate",
                "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW\" already exists");
        ec2.revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(rule));
        assertThat(ec2.describeSecurityGroups(r -> r.groupIds(group))
                        .securityGroups()
                        .getFirst()
                        .ipPermissions())
                .isEmpty();
        ec2.deleteSecurityGroup(r -> r.groupId(group));
    }

    @Test
    void aDryRunChangesNothing() {
        refused(
                () -> ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16").dryRun(true)),
                412,
                "DryRunOperation",
                "Request would have succeeded, but DryRun flag is set.");
        refused(
                () -> ec2.createSubnet(r -> r.cidrBlock("10.0.0.0/24")),
                400,
                "MissingParameter",
                "The request must contain the parameter VpcId");
    }

    @Test
    void regionsAndZonesAreFound() {
        assertThat(ec2.describeRegions().regions()).anyMatch(r -> r.regionName().equals("eu-central-1"));
        assertThat(ec2.describeAvailabilityZones().availabilityZones()).hasSize(6);
        assertThat(ec2.describeAccountAttributes().accountAttributes()).hasSize(6);
    }
}

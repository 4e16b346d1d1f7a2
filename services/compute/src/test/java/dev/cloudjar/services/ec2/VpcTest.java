package dev.cloudjar.services.ec2;

import static dev.cloudjar.services.ec2.Ec2UnderTest.filter;
import static dev.cloudjar.services.ec2.Ec2UnderTest.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.api.Ec2.AttributeBooleanValue;
import dev.cloudjar.api.Ec2.CreateVpcRequest;
import dev.cloudjar.api.Ec2.CreateVpcResult;
import dev.cloudjar.api.Ec2.DeleteVpcRequest;
import dev.cloudjar.api.Ec2.DescribeVpcAttributeRequest;
import dev.cloudjar.api.Ec2.DescribeVpcAttributeResult;
import dev.cloudjar.api.Ec2.DescribeVpcsRequest;
import dev.cloudjar.api.Ec2.DescribeVpcsResult;
import dev.cloudjar.api.Ec2.ModifyVpcAttributeRequest;
import dev.cloudjar.api.Ec2.Vpc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// VPCs as EC2 makes, lists, changes, refuses and deletes them.
class VpcTest {
    @AutoClose
    private final Ec2UnderTest ec2 = Ec2UnderTest.fresh();

    private List<Vpc> described(DescribeVpcsRequest request) {
        return ec2.<DescribeVpcsResult>call(request).vpcs();
    }

    private List<String> found(Ec2.Filter... filters) {
        return described(new DescribeVpcsRequest().filters(List.of(filters))).stream()
                .map(vpc -> vpc.vpcId().orElseThrow())
                .toList();
    }

    @Test
    void aNewVpcIsPendingAndThenAvailable() {
        Vpc made = ec2.<CreateVpcResult>call(new CreateVpcRequest()
                        .cidrBlock("10.1.2.3/16")
                        .tagSpecifications(tagged("vpc", "Name", "main")))
                .vpc()
                .orElseThrow();

        assertThat(made.state()).contains("pending");
        assertThat(made.cidrBlock()).contains("10.1.0.0/16");
        assertThat(made.instanceTenancy()).contains("default");
        assertThat(made.ownerId()).contains(Ec2UnderTest.ACCOUNT);
        assertThat(made.isDefault()).contains(false);
        assertThat(made.vpcId().orElseThrow()).matches("vpc-[0-9a-f]{17}");
        assertThat(made.tags()).containsExactly(new Ec2.Tag().key("Name").value("main"));
        Vpc later = described(
                        new DescribeVpcsRequest().vpcIds(List.of(made.vpcId().orElseThrow())))
                .getFirst();
        assertThat(later.state()).contains("available");
        assertThat(later.cidrBlockAssociationSet()).isEqualTo(made.cidrBlockAssociationSet());
    }

    @Test
    void underRealisticDelaysTheStateFollowsTheClock() {
        try (var slow = Ec2UnderTest.fresh(true)) {
            var request = new DescribeVpcsRequest().vpcIds(List.of(slow.vpc("10.0.0.0/16")));
            assertThat(slow.<DescribeVpcsResult>call(request).vpcs().getFirst().state())
                    .contains("pending");
            slow.world().advanceClock(Duration.ofSeconds(1));
            assertThat(slow.<DescribeVpcsResult>call(request).vpcs().getFirst().state())
                    .contains("available");
        }
    }

    @Test
    void everyRegionBeginsWithADefaultVpc() {
        Vpc first = described(new DescribeVpcsRequest()).getFirst();

        assertThat(first.isDefault()).contains(true);
        assertThat(first.cidrBlock()).contains("172.31.0.0/16");
        assertThat(found(filter("is-default", "true"))).hasSize(1);
        assertThat(ec2.refusal(new Ec2.CreateDefaultVpcRequest()))
                .isEqualTo("DefaultVpcAlreadyExists: A Default VPC already exists for this account in this region.");
        List<Ec2.Subnet> subnets = ec2.<Ec2.DescribeSubnetsResult>call(new Ec2.DescribeSubnetsRequest())
                .subnets();
        assertThat(subnets).hasSize(6).allMatch(s -> s.defaultForAz().orElse(false));
        assertThat(subnets.stream().map(s -> s.availableIpAddressCount().orElse(0)))
                .containsOnly(4091);
        assertThat(ec2.in("us-west-1")
                        .<Ec2.DescribeSubnetsResult>call(new Ec2.DescribeSubnetsRequest())
                        .subnets())
                .hasSize(2);
    }

    @Test
    void filtersAllHold() {
        String one = ec2.vpc("10.1.0.0/16");
        String two = ec2.vpc("10.2.0.0/16");
        ec2.call(new Ec2.CreateTagsRequest()
                .resources(List.of(one, two))
                .tags(List.of(new Ec2.Tag().key("team").value("a"))));

        assertThat(found(filter("cidr", "10.*"))).containsExactlyInAnyOrder(one, two);
        assertThat(found(filter("cidr", "10.1.0.0/16"), filter("tag:team", "a")))
                .containsExactly(one);
        assertThat(found(filter("vpc-id", one, two), filter("state", "pending")))
                .isEmpty();
        assertThat(found(filter("owner-id", Ec2UnderTest.ACCOUNT))).hasSize(3);
        assertThat(ec2.refusal(new DescribeVpcsRequest().filters(List.of(filter("colour", "red")))))
                .isEqualTo("InvalidParameterValue: The filter 'colour' is invalid");
    }

    @Test
    void pagesAreNotAskedForBesideIds() {
        List<String> all = found();

        assertThat(ec2.refusal(new DescribeVpcsRequest().maxResults(5).vpcIds(all)))
                .isEqualTo("InvalidParameterCombination: The parameter vpcIds cannot be used with the parameter"
                        + " maxResults");
        assertThat(ec2.refusal(new DescribeVpcsRequest().maxResults(4)))
                .isEqualTo("InvalidParameterValue: Value (4) for parameter MaxResults is invalid.");
        assertThat(ec2.refusal(new DescribeVpcsRequest().nextToken("x"))).startsWith("InvalidNextToken: ");
    }

    @Test
    void attributesAreSetOneByOne() {
        String vpc = ec2.vpc("10.0.0.0/16");
        var hostnames = new DescribeVpcAttributeRequest().vpcId(vpc).attribute("enableDnsHostnames");
        var on = new AttributeBooleanValue().value(true);

        assertThat(ec2.<DescribeVpcAttributeResult>call(hostnames).enableDnsHostnames())
                .contains(new AttributeBooleanValue().value(false));
        ec2.call(new ModifyVpcAttributeRequest().vpcId(vpc).enableDnsHostnames(on));
        assertThat(ec2.<DescribeVpcAttributeResult>call(hostnames).enableDnsHostnames())
                .contains(on);
        assertThat(ec2.refusal(new ModifyVpcAttributeRequest().vpcId(vpc)))
                .isEqualTo("InvalidParameterCombination: No attributes specified.");
        assertThat(ec2.refusal(new ModifyVpcAttributeRequest()
                        .vpcId(vpc)
                        .enableDnsHostnames(on)
                        .enableDnsSupport(on)))
                .isEqualTo("InvalidParameterCombination: Fields for multiple attribute types specified");
    }

    @Test
    void aVpcThatIsInUseStays() {
        String vpc = ec2.vpc("10.0.0.0/16");
        String subnet = ec2.subnet(vpc, "10.0.1.0/24");
        String refusal = "DependencyViolation: The vpc '" + vpc + "' has dependencies and cannot be deleted.";

        assertThat(ec2.refusal(new DeleteVpcRequest().vpcId(vpc))).isEqualTo(refusal);
        ec2.call(new Ec2.DeleteSubnetRequest().subnetId(subnet));
        String group = ec2.group(vpc, "web");
        assertThat(ec2.refusal(new DeleteVpcRequest().vpcId(vpc))).isEqualTo(refusal);
        ec2.call(new Ec2.DeleteSecurityGroupRequest().groupId(group));
        ec2.call(new DeleteVpcRequest().vpcId(vpc));

        assertThat(ec2.refusal(new DeleteVpcRequest().vpcId(vpc)))
                .isEqualTo("InvalidVpcID.NotFound: The vpc ID '" + vpc + "' does not exist");
        assertThat(ec2.<Ec2.DescribeSecurityGroupsResult>call(
                                new Ec2.DescribeSecurityGroupsRequest().filters(List.of(filter("vpc-id", vpc))))
                        .securityGroups())
                .isEmpty();
    }

    @Test
    void aDryRunIsRefusedInTheEndAndChangesNothing() {
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.0/16").dryRun(true)))
                .isEqualTo("DryRunOperation: Request would have succeeded, but DryRun flag is set.");
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.0/8").dryRun(true)))
                .startsWith("InvalidVpc.Range");
        assertThat(found()).hasSize(1);
    }

    @Test
    void whatAwsRefusesIsRefused() {
        ec2.vpc("10.0.0.0/28");
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.0/29")))
                .isEqualTo("InvalidVpc.Range: The CIDR '10.0.0.0/29' is invalid.");
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.0/15")))
                .isEqualTo("InvalidVpc.Range: The CIDR '10.0.0.0/15' is invalid.");
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.256/16")))
                .isEqualTo("InvalidParameterValue: Value (10.0.0.256/16) for parameter cidrBlock is invalid."
                        + " This is not a valid CIDR block.");
        assertThat(ec2.refusal(new CreateVpcRequest())).startsWith("MissingParameter: Either 'cidrBlock'");
        assertThat(ec2.refusal(
                        new CreateVpcRequest().cidrBlock("10.0.0.0/16").tagSpecifications(tagged("subnet", "a", "b"))))
                .isEqualTo("InvalidParameterValue: 'subnet' is not a valid taggable resource type for this operation.");
        assertThat(ec2.refusal(
                        new CreateVpcRequest().cidrBlock("10.0.0.0/16").tagSpecifications(tagged("vpc", "aws:a", "b"))))
                .isEqualTo("InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use");
        ec2.vpc("10.0.0.0/16");
        ec2.vpc("10.0.0.0/16");
        ec2.vpc("10.0.0.0/16");
        assertThat(ec2.refusal(new CreateVpcRequest().cidrBlock("10.0.0.0/16")))
                .isEqualTo("VpcLimitExceeded: The maximum number of VPCs has been reached.");
    }
}

package dev.cloudjar.services.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.api.Ec2.AttributeBooleanValue;
import dev.cloudjar.api.Ec2.CreateSubnetRequest;
import dev.cloudjar.api.Ec2.DescribeSubnetsRequest;
import dev.cloudjar.api.Ec2.ModifySubnetAttributeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Subnets lie within the block of their VPC, and beside each other.
class SubnetTest {
    @AutoClose
    private final Ec2UnderTest ec2 = Ec2UnderTest.fresh();

    private final String vpc = ec2.vpc("10.0.0.0/16");

    private Ec2.Subnet described(String subnet) {
        return ec2.<Ec2.DescribeSubnetsResult>call(new DescribeSubnetsRequest().subnetIds(List.of(subnet)))
                .subnets()
                .getFirst();
    }

    private CreateSubnetRequest create(String cidr) {
        return new CreateSubnetRequest().vpcId(vpc).cidrBlock(cidr);
    }

    @Test
    void aSubnetIsToldWithAllThatAwsTells() {
        Ec2.Subnet made = ec2.<Ec2.CreateSubnetResult>call(create("10.0.1.0/24").availabilityZone("us-east-1c"))
                .subnet()
                .orElseThrow();
        String id = made.subnetId().orElseThrow();

        Ec2.Subnet later = described(id);
        assertThat(later.state()).contains("available");
        assertThat(later.availabilityZone()).contains("us-east-1c");
        assertThat(later.availabilityZoneId()).contains("use1-az3");
        assertThat(later.availableIpAddressCount()).contains(251);
        assertThat(later.subnetArn()).contains("arn:aws:ec2:us-east-1:111122223333:subnet/" + id);
        assertThat(later.mapPublicIpOnLaunch()).contains(false);
        assertThat(later.privateDnsNameOptionsOnLaunch().orElseThrow().hostnameType())
                .contains("ip-name");
    }

    @Test
    void pagesConcatenate() {
        for (int i = 0; i < 6; i++) {
            ec2.subnet(vpc, "10.0." + i + ".0/24");
        }
        List<String> whole = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Ec2.DescribeSubnetsResult page =
                    ec2.call(new DescribeSubnetsRequest().maxResults(5).nextToken(token));
            page.subnets().forEach(subnet -> whole.add(subnet.subnetId().orElseThrow()));
            sizes.add(page.subnets().size());
            token = page.nextToken();
        } while (token.isPresent());

        Ec2.DescribeSubnetsResult all = ec2.call(new DescribeSubnetsRequest());
        assertThat(sizes).hasSizeGreaterThan(1).startsWith(5);
        assertThat(whole)
                .isEqualTo(all.subnets().stream()
                        .map(subnet -> subnet.subnetId().orElseThrow())
                        .toList());
    }

    @Test
    void attributesAreSetOneByOne() {
        String subnet = ec2.subnet(vpc, "10.0.1.0/24");
        var on = new AttributeBooleanValue().value(true);

        ec2.call(new ModifySubnetAttributeRequest().subnetId(subnet).mapPublicIpOnLaunch(on));
        ec2.call(new ModifySubnetAttributeRequest().subnetId(subnet).enableResourceNameDnsARecordOnLaunch(on));

        assertThat(described(subnet).mapPublicIpOnLaunch()).contains(true);
        assertThat(described(subnet)
                        .privateDnsNameOptionsOnLaunch()
                        .orElseThrow()
                        .enableResourceNameDnsARecord())
                .contains(true);
        assertThat(ec2.refusal(new ModifySubnetAttributeRequest()
                        .subnetId(subnet)
                        .mapPublicIpOnLaunch(on)
                        .enableDns64(on)))
                .isEqualTo("InvalidParameterCombination: Fields for multiple attribute types specified");
    }

    @Test
    void whatAwsRefusesIsRefused() {
        ec2.subnet(vpc, "10.0.1.0/24");
        assertThat(ec2.refusal(create("10.0.1.128/25")))
                .isEqualTo("InvalidSubnet.Conflict: The CIDR '10.0.1.128/25' conflicts with another subnet");
        assertThat(ec2.refusal(create("10.0.0.0/16")))
                .isEqualTo("InvalidSubnet.Conflict: The CIDR '10.0.0.0/16' conflicts with another subnet");
        assertThat(ec2.refusal(create("10.1.0.0/24")))
                .isEqualTo("InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.");
        assertThat(ec2.refusal(create("10.0.2.0/29")))
                .isEqualTo("InvalidSubnet.Range: The CIDR '10.0.2.0/29' is invalid.");
        assertThat(ec2.refusal(create("10.0.2.0"))).startsWith("InvalidParameterValue: Value (10.0.2.0) for parameter");
        assertThat(ec2.refusal(create("10.0.2.0/24").availabilityZone("us-east-1z")))
                .isEqualTo(
                        "InvalidParameterValue: Value (us-east-1z) for parameter availabilityZone is invalid. Subnets"
                                + " can currently only be created in the following availability zones: us-east-1a, us-east-1b,"
                                + " us-east-1c, us-east-1d, us-east-1e, us-east-1f.");
        assertThat(ec2.refusal(new CreateSubnetRequest().vpcId("vpc-1").cidrBlock("10.0.2.0/24")))
                .isEqualTo("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
        assertThat(ec2.refusal(new DescribeSubnetsRequest().subnetIds(List.of("subnet-1"))))
                .isEqualTo("InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist");
    }

    @Test
    void aDefaultSubnetMayBeMadeAgain() {
        Ec2.Subnet first = ec2.<Ec2.DescribeSubnetsResult>call(new DescribeSubnetsRequest()
                        .filters(List.of(
                                Ec2UnderTest.filter("default-for-az", "true"),
                                Ec2UnderTest.filter("availability-zone", "us-east-1b"))))
                .subnets()
                .getFirst();
        var again = new Ec2.CreateDefaultSubnetRequest().availabilityZone("us-east-1b");
        assertThat(ec2.refusal(again)).startsWith("DefaultSubnetAlreadyExistsInAvailabilityZone: ");

        ec2.call(new Ec2.DeleteSubnetRequest().subnetId(first.subnetId().orElseThrow()));

        assertThat(ec2.<Ec2.CreateDefaultSubnetResult>call(again)
                        .subnet()
                        .orElseThrow()
                        .cidrBlock())
                .isEqualTo(first.cidrBlock());
    }
}

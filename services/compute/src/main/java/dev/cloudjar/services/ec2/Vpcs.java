package dev.cloudjar.services.ec2;

import static dev.cloudjar.services.ec2.Refusals.DEPENDENCY_VIOLATION;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.AwsError.Code;
import java.util.List;
import java.util.Map;

/// VPCs: made, listed and deleted.
record Vpcs(Network network, DefaultVpc defaults) implements Part {
    private static final Code RANGE = Code.of("InvalidVpc.Range", 400);
    private static final Code DEFAULT_EXISTS = Code.of("DefaultVpcAlreadyExists", 400);
    private static final VpcRow.Dns DNS = new VpcRow.Dns(true, false, false);

    @Override
    public CreateVpcResult createVpc(CreateVpcRequest in) {
        checkIpv6(in);
        String asked = in.cidrBlock()
                .orElseThrow(() -> Refusals.MISSING_PARAMETER.because(
                        "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."));
        Cidr cidr = Cidr.parse(asked)
                .orElseThrow(() -> Refusals.invalid(asked, "cidrBlock", "This is not a valid CIDR block."));
        if (!cidr.isUsable()) {
            throw RANGE.because("The CIDR '%s' is invalid.", asked);
        }
        Map<String, String> tags = TagSpecifications.of(in.tagSpecifications(), "vpc");
        VpcRow made = network.vpcs()
                .create(
                        tags,
                        id -> new VpcRow(
                                id,
                                cidr,
                                network.id("vpc-cidr-assoc-"),
                                in.instanceTenancy().orElse("default"),
                                false,
                                DNS,
                                network.begin()));
        defaults.createGroup(made);
        return new CreateVpcResult().vpc(told(made));
    }

    private static void checkIpv6(CreateVpcRequest in) {
        for (String member :
                List.of("Ipv6Pool", "Ipv6CidrBlock", "Ipv4IpamPoolId", "Ipv6IpamPoolId", "VpcEncryptionControl")) {
            if (in.get(member) != null) {
                throw Refusals.notYet(member);
            }
        }
        if (in.amazonProvidedIpv6CidrBlock().orElse(false)) {
            throw Refusals.notYet("AmazonProvidedIpv6CidrBlock");
        }
    }

    @Override
    public CreateDefaultVpcResult createDefaultVpc(CreateDefaultVpcRequest in) {
        defaults.find().ifPresent(vpc -> {
            throw DEFAULT_EXISTS.because("A Default VPC already exists for this account in this region.");
        });
        return new CreateDefaultVpcResult().vpc(told(defaults.create()));
    }

    @Override
    public DescribeVpcsResult describeVpcs(DescribeVpcsRequest in) {
        Page<VpcRow> page = Listing.of(network.vpcs(), in, "VpcIds");
        return new DescribeVpcsResult().vpcs(page.map(this::told).items()).nextToken(page.next());
    }

    @Override
    public DeleteVpcResponse deleteVpc(DeleteVpcRequest in) {
        VpcRow vpc = network.vpcs().get(in.vpcId());
        List<GroupRow> groups = network.groupsOf(vpc.id()).toList();
        boolean inUse = network.subnetsOf(vpc.id()).findAny().isPresent()
                || groups.stream().anyMatch(group -> !group.isDefault());
        if (inUse) {
            throw DEPENDENCY_VIOLATION.because("The vpc '%s' has dependencies and cannot be deleted.", vpc.id());
        }
        groups.forEach(network::remove);
        network.vpcs().remove(vpc.id());
        return new DeleteVpcResponse();
    }

    private Vpc told(VpcRow vpc) {
        String cidr = vpc.cidr().toString();
        return new Vpc()
                .vpcId(vpc.id())
                .ownerId(Call.current().account())
                .state(network.status(vpc.phase()))
                .cidrBlock(cidr)
                .cidrBlockAssociationSet(List.of(new VpcCidrBlockAssociation()
                        .associationId(vpc.association())
                        .cidrBlock(cidr)
                        .cidrBlockState(new VpcCidrBlockState().state("associated"))))
                .dhcpOptionsId(Network.dhcpOptions())
                .instanceTenancy(vpc.tenancy())
                .isDefault(vpc.isDefault())
                .blockPublicAccessStates(new BlockPublicAccessStates().internetGatewayBlockMode("off"))
                .tags(Tags.as(network.vpcs().tags(vpc.id()), Tag::new));
    }
}

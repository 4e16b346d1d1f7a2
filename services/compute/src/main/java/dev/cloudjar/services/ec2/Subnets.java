package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.services.ec2.SubnetRow.Launch;
import java.util.List;
import java.util.Map;

/// Subnets: made within the block of their VPC and beside each other, listed, changed and deleted.
record Subnets(Network network, DefaultVpc defaults) implements Part {
    private static final Code RANGE = Code.of("InvalidSubnet.Range", 400);
    private static final Code CONFLICT = Code.of("InvalidSubnet.Conflict", 400);
    private static final Code LIMIT = Code.of("SubnetLimitExceeded", 400);
    private static final Code NO_DEFAULT_VPC = Code.of("DefaultVpcDoesNotExist", 400);
    private static final Code DEFAULT_EXISTS = Code.of("DefaultSubnetAlreadyExistsInAvailabilityZone", 400);
    private static final int MOST = 200;
    private static final List<String> UNKNOWN = List.of(
            "Ipv6CidrBlock",
            "OutpostArn",
            "Ipv4IpamPoolId",
            "Ipv6IpamPoolId",
            "Ipv4NetmaskLength",
            "Ipv6NetmaskLength");
    private static final List<String> ATTRIBUTES = List.of(
            "MapPublicIpOnLaunch",
            "AssignIpv6AddressOnCreation",
            "EnableDns64",
            "PrivateDnsHostnameTypeOnLaunch",
            "EnableResourceNameDnsARecordOnLaunch",
            "EnableResourceNameDnsAAAARecordOnLaunch",
            "MapCustomerOwnedIpOnLaunch",
            "EnableLniAtDeviceIndex",
            "DisableLniAtDeviceIndex");

    @Override
    public CreateSubnetResult createSubnet(CreateSubnetRequest in) {
        UNKNOWN.stream().filter(member -> in.get(member) != null).findFirst().ifPresent(member -> {
            throw Refusals.notYet(member);
        });
        VpcRow vpc = network.vpcs().get(in.vpcId());
        Cidr cidr = cidr(in, vpc);
        String zone = zone(in);
        Map<String, String> tags = TagSpecifications.of(in.tagSpecifications(), "subnet");
        SubnetRow made = network.subnets()
                .create(tags, id -> new SubnetRow(id, vpc.id(), cidr, zone, false, Launch.PLAIN, network.begin()));
        return new CreateSubnetResult().subnet(told(made));
    }

    private Cidr cidr(CreateSubnetRequest in, VpcRow vpc) {
        String asked = in.cidrBlock()
                .orElseThrow(() -> Refusals.MISSING_PARAMETER.because(
                        "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."));
        Cidr cidr = Cidr.parse(asked)
                .orElseThrow(() -> Refusals.invalid(asked, "cidrBlock", "This is not a valid CIDR block."));
        if (!cidr.isUsable() || !vpc.cidr().contains(cidr)) {
            throw RANGE.because("The CIDR '%s' is invalid.", asked);
        }
        List<SubnetRow> others = network.subnetsOf(vpc.id()).toList();
        if (others.stream().anyMatch(other -> other.cidr().overlaps(cidr))) {
            throw CONFLICT.because("The CIDR '%s' conflicts with another subnet", asked);
        }
        if (others.size() >= MOST) {
            throw LIMIT.because("The maximum number of subnets has been reached.");
        }
        return cidr;
    }

    /// The zone asked for by name or by id, or else one of AWS's choosing.
    private static String zone(CreateSubnetRequest in) {
        List<String> zones = RegionFacts.current().zones();
        if (in.availabilityZone().isPresent() && in.availabilityZoneId().isPresent()) {
            throw Refusals.INVALID_COMBINATION.because(
                    "The parameter availabilityZone cannot be used with the parameter availabilityZoneId");
        }
        String asked = in.availabilityZone().or(in::availabilityZoneId).orElse(zones.getFirst());
        return zones.stream()
                .filter(zone -> in.availabilityZoneId().isPresent()
                        ? RegionFacts.zoneId(zone).equals(asked)
                        : zone.equals(asked))
                .findFirst()
                .orElseThrow(() -> Refusals.invalid(
                        asked,
                        in.availabilityZoneId().isPresent() ? "availabilityZoneId" : "availabilityZone",
                        "Subnets can currently only be created in the following availability zones: "
                                + String.join(", ", zones) + "."));
    }

    @Override
    public CreateDefaultSubnetResult createDefaultSubnet(CreateDefaultSubnetRequest in) {
        VpcRow vpc =
                defaults.find().orElseThrow(() -> NO_DEFAULT_VPC.because("There is no default VPC in this region."));
        String zone = zone(new CreateSubnetRequest()
                .availabilityZone(in.availabilityZone())
                .availabilityZoneId(in.availabilityZoneId()));
        network.subnetsOf(vpc.id())
                .filter(subnet -> subnet.isDefault() && subnet.zone().equals(zone))
                .findFirst()
                .ifPresent(subnet -> {
                    throw DEFAULT_EXISTS.because(
                            "'%s' is already the default subnet in %s.", subnet.id(), subnet.zone());
                });
        return new CreateDefaultSubnetResult().subnet(told(defaults.create(vpc, zone)));
    }

    @Override
    public DescribeSubnetsResult describeSubnets(DescribeSubnetsRequest in) {
        Page<SubnetRow> page = Listing.of(network.subnets(), in, "SubnetIds");
        return new DescribeSubnetsResult().subnets(page.map(this::told).items()).nextToken(page.next());
    }

    @Override
    public DeleteSubnetResponse deleteSubnet(DeleteSubnetRequest in) {
        network.subnets().remove(in.subnetId());
        return new DeleteSubnetResponse();
    }

    @Override
    public ModifySubnetAttributeResponse modifySubnetAttribute(ModifySubnetAttributeRequest in) {
        SubnetRow subnet = network.subnets().get(in.subnetId());
        VpcAttributes.one(in, ATTRIBUTES);
        for (String member :
                List.of("MapCustomerOwnedIpOnLaunch", "EnableLniAtDeviceIndex", "DisableLniAtDeviceIndex")) {
            if (in.get(member) != null) {
                throw Refusals.notYet(member);
            }
        }
        if (VpcAttributes.set(in.assignIpv6AddressOnCreation(), false)) {
            throw Refusals.INVALID_VALUE.because(
                    "Invalid value 'true' for assignIpv6AddressOnCreation. Subnet has no associated IPv6 CIDR block.");
        }
        Launch old = subnet.launch();
        network.subnets()
                .put(subnet.with(old.publicIp(VpcAttributes.set(in.mapPublicIpOnLaunch(), old.publicIp()))
                        .dns64(VpcAttributes.set(in.enableDns64(), old.dns64()))
                        .hostnames(in.privateDnsHostnameTypeOnLaunch().orElse(old.hostnames()))
                        .aRecord(VpcAttributes.set(in.enableResourceNameDnsARecordOnLaunch(), old.aRecord()))
                        .aaaaRecord(
                                VpcAttributes.set(in.enableResourceNameDnsAaaaRecordOnLaunch(), old.aaaaRecord()))));
        return new ModifySubnetAttributeResponse();
    }

    private Subnet told(SubnetRow subnet) {
        Launch launch = subnet.launch();
        return new Subnet()
                .subnetId(subnet.id())
                .subnetArn(Network.arn("subnet", subnet.id()))
                .ownerId(Call.current().account())
                .vpcId(subnet.vpc())
                .state(network.status(subnet.phase()))
                .cidrBlock(subnet.cidr().toString())
                .availableIpAddressCount(subnet.cidr().available())
                .availabilityZone(subnet.zone())
                .availabilityZoneId(RegionFacts.zoneId(subnet.zone()))
                .defaultForAz(subnet.isDefault())
                .mapPublicIpOnLaunch(launch.publicIp())
                .mapCustomerOwnedIpOnLaunch(false)
                .assignIpv6AddressOnCreation(false)
                .ipv6Native(false)
                .enableDns64(launch.dns64())
                .privateDnsNameOptionsOnLaunch(new PrivateDnsNameOptionsOnLaunch()
                        .hostnameType(launch.hostnames())
                        .enableResourceNameDnsARecord(launch.aRecord())
                        .enableResourceNameDnsAaaaRecord(launch.aaaaRecord()))
                .blockPublicAccessStates(new BlockPublicAccessStates().internetGatewayBlockMode("off"))
                .tags(Tags.as(network.subnets().tags(subnet.id()), Tag::new));
    }
}

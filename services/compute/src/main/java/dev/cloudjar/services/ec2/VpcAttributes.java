package dev.cloudjar.services.ec2;

import dev.cloudjar.model.Struct;
import dev.cloudjar.services.ec2.VpcRow.Dns;
import java.util.List;
import java.util.Optional;

/// The attributes of VPCs that are asked for and set one by one.
record VpcAttributes(Network network, DefaultVpc defaults) implements Part {
    @Override
    public DescribeVpcAttributeResult describeVpcAttribute(DescribeVpcAttributeRequest in) {
        VpcRow vpc = network.vpcs().get(in.vpcId());
        var result = new DescribeVpcAttributeResult().vpcId(vpc.id());
        return switch (in.attribute()) {
            case VpcAttributeName.ENABLE_DNS_SUPPORT ->
                result.enableDnsSupport(value(vpc.dns().support()));
            case VpcAttributeName.ENABLE_DNS_HOSTNAMES ->
                result.enableDnsHostnames(value(vpc.dns().hostnames()));
            default -> result.enableNetworkAddressUsageMetrics(value(vpc.dns().usageMetrics()));
        };
    }

    @Override
    public ModifyVpcAttributeResponse modifyVpcAttribute(ModifyVpcAttributeRequest in) {
        VpcRow vpc = network.vpcs().get(in.vpcId());
        one(in, List.of("EnableDnsSupport", "EnableDnsHostnames", "EnableNetworkAddressUsageMetrics"));
        Dns old = vpc.dns();
        network.vpcs()
                .put(vpc.with(new Dns(
                        set(in.enableDnsSupport(), old.support()),
                        set(in.enableDnsHostnames(), old.hostnames()),
                        set(in.enableNetworkAddressUsageMetrics(), old.usageMetrics()))));
        return new ModifyVpcAttributeResponse();
    }

    /// Refuses a change of none or several of `attributes`.
    static void one(Struct in, List<String> attributes) {
        long given = attributes.stream().filter(name -> in.get(name) != null).count();
        if (given != 1) {
            throw Refusals.INVALID_COMBINATION.because(
                    given == 0 ? "No attributes specified." : "Fields for multiple attribute types specified");
        }
    }

    static boolean set(Optional<AttributeBooleanValue> asked, boolean old) {
        return asked.flatMap(AttributeBooleanValue::value).orElse(old);
    }

    private static AttributeBooleanValue value(boolean on) {
        return new AttributeBooleanValue().value(on);
    }
}

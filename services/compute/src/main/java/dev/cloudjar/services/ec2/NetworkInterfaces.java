package dev.cloudjar.services.ec2;

import dev.cloudjar.model.AwsError.Code;
import java.util.List;

/// Network interfaces. Nothing that Cloudjar has makes any yet, so there are none to be found.
record NetworkInterfaces(DefaultVpc defaults) implements Part {
    private static final Code MISSING = Code.of("InvalidNetworkInterfaceID.NotFound", 400);

    @Override
    public DescribeNetworkInterfacesResult describeNetworkInterfaces(DescribeNetworkInterfacesRequest in) {
        List<String> asked = in.networkInterfaceIds();
        if (!asked.isEmpty()) {
            throw MISSING.because("The networkInterface ID '%s' does not exist", asked.getFirst());
        }
        return new DescribeNetworkInterfacesResult().networkInterfaces(List.of());
    }
}

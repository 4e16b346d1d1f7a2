package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Api;
import java.util.List;

/// Amazon EC2: the networks of an account in a region.
public final class Ec2Service implements Service {
    static final String ID = "ec2";

    private final List<Shelf<?>> shelves;
    private final List<Api> parts;

    public Ec2Service(Kernel kernel) {
        var network = new Network(kernel);
        var defaults = new DefaultVpc(kernel, network);
        this.shelves = List.of(network.vpcs(), network.subnets(), network.groups(), network.rules());
        this.parts = List.of(
                new Vpcs(network, defaults),
                new VpcAttributes(network, defaults),
                new Subnets(network, defaults),
                new SecurityGroups(network, defaults),
                new SecurityGroupRules(network, defaults),
                new RuleChanges(network, defaults),
                new NetworkInterfaces(defaults),
                new ResourceTags(kernel, shelves, defaults),
                new Places(network, defaults));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    @Override
    public List<Kind<?>> kinds() {
        return shelves.stream().<Kind<?>>map(Shelf::kind).toList();
    }
}

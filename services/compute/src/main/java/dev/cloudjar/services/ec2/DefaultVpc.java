package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.ec2.RuleRow.Group;
import dev.cloudjar.services.ec2.RuleRow.Ipv4;
import dev.cloudjar.services.ec2.RuleRow.Match;
import dev.cloudjar.services.ec2.RuleRow.Peer;
import dev.cloudjar.services.ec2.RuleRow.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The VPC that an account has in each region before it asks for any, with a subnet in each zone; and the
/// security group that each VPC has.
final class DefaultVpc {
    static final Cidr ANYWHERE = new Cidr(0, 0);

    private static final Cidr BLOCK = Cidr.parse("172.31.0.0/16").orElseThrow();
    private static final int SUBNET_BITS = 20;

    /// That an account has been to a region.
    record Visited(String key) implements Row<String> {}

    private final Network network;
    private final Table<String, Visited> visited;

    DefaultVpc(Kernel kernel, Network network) {
        this.network = network;
        this.visited = kernel.table(Visited.class);
    }

    /// Makes the default VPC at the first call of an account to a region.
    void ensure() {
        if (visited.create(new Visited("region"))) {
            create(network.always());
        }
    }

    VpcRow create() {
        return create(network.begin());
    }

    private VpcRow create(Phase<VpcRow.Status> phase) {
        var dns = new VpcRow.Dns(true, true, false);
        VpcRow vpc = network.vpcs()
                .create(
                        Map.of(),
                        id -> new VpcRow(id, BLOCK, network.id("vpc-cidr-assoc-"), "default", true, dns, phase));
        List<String> zones = RegionFacts.current().zones();
        for (int i = 0; i < zones.size(); i++) {
            create(vpc, zones.get(i), BLOCK.part(i, SUBNET_BITS), phase);
        }
        createGroup(vpc);
        return vpc;
    }

    /// The first block of the VPC that is free becomes the default subnet of `zone`.
    SubnetRow create(VpcRow vpc, String zone) {
        List<Cidr> taken = network.subnetsOf(vpc.id()).map(SubnetRow::cidr).toList();
        for (int i = 0; i < 1 << (SUBNET_BITS - BLOCK.prefix()); i++) {
            Cidr free = BLOCK.part(i, SUBNET_BITS);
            if (taken.stream().noneMatch(free::overlaps)) {
                return create(vpc, zone, free, network.begin());
            }
        }
        throw Refusals.INVALID_VALUE.because("There is no room for another default subnet in %s.", vpc.id());
    }

    private SubnetRow create(VpcRow vpc, String zone, Cidr cidr, Phase<VpcRow.Status> phase) {
        var launch = SubnetRow.Launch.PLAIN.publicIp(true);
        return network.subnets().create(Map.of(), id -> new SubnetRow(id, vpc.id(), cidr, zone, true, launch, phase));
    }

    Optional<VpcRow> find() {
        return network.vpcs().all().filter(VpcRow::isDefault).findFirst();
    }

    /// The group of a new VPC that lets its members talk to each other and to everybody.
    void createGroup(VpcRow vpc) {
        GroupRow group = network.groups()
                .create(
                        Map.of(),
                        id -> new GroupRow(id, vpc.id(), GroupRow.DEFAULT, "default VPC security group", List.of()));
        allowAll(group, false, new Group(group.id(), Call.current().account()));
        allowAll(network.groups().get(group.id()), true, new Ipv4(ANYWHERE));
    }

    /// Lets all traffic through, as a new group does for what its members send.
    void allowAll(GroupRow group, boolean egress, Peer peer) {
        var match = new Match(egress, new Traffic(Traffic.ALL, -1, -1), peer);
        RuleRow rule = network.rules().create(Map.of(), id -> new RuleRow(id, group.id(), match, Optional.empty()));
        network.groups().put(group.adding(List.of(rule.id())));
    }
}

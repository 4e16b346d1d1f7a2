package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The shelves of the network's resources: what they are, and how one leads to the others.
final class Network {
    private static final int MOST_VPCS = 5;
    private static final int MOST_GROUPS = 2_500;

    private final Kernel kernel;
    private final Shelf<VpcRow> vpcs;
    private final Shelf<SubnetRow> subnets;
    private final Shelf<GroupRow> groups;
    private final Shelf<RuleRow> rules;

    Network(Kernel kernel) {
        this.kernel = kernel;
        this.vpcs = kernel.shelf(vpcsKind());
        this.subnets = kernel.shelf(subnetsKind());
        this.groups = kernel.shelf(groupsKind());
        this.rules = kernel.shelf(rulesKind());
    }

    private Kind<VpcRow> vpcsKind() {
        return kind("vpc", VpcRow.class, "vpc-", missing("InvalidVpcID.NotFound", "vpc ID"))
                .filter("vpc-id", VpcRow::id)
                .filter("cidr", vpc -> vpc.cidr().toString())
                .filter("cidr-block-association.cidr-block", vpc -> vpc.cidr().toString())
                .filter("cidr-block-association.association-id", VpcRow::association)
                .filter("cidr-block-association.state", _ -> "associated")
                .filter("dhcp-options-id", _ -> dhcpOptions())
                .filter("is-default", vpc -> Boolean.toString(vpc.isDefault()))
                .filter("isDefault", vpc -> Boolean.toString(vpc.isDefault()))
                .filter("state", vpc -> status(vpc.phase()))
                .quota(
                        MOST_VPCS,
                        () -> Code.of("VpcLimitExceeded", 400).because("The maximum number of VPCs has been reached."));
    }

    private Kind<SubnetRow> subnetsKind() {
        return kind("subnet", SubnetRow.class, "subnet-", missing("InvalidSubnetID.NotFound", "subnet ID"))
                .filter("subnet-id", SubnetRow::id)
                .filter("vpc-id", SubnetRow::vpc)
                .filter("cidr-block", subnet -> subnet.cidr().toString())
                .filter("cidrBlock", subnet -> subnet.cidr().toString())
                .filter("cidr", subnet -> subnet.cidr().toString())
                .filter("availability-zone", SubnetRow::zone)
                .filter("availabilityZone", SubnetRow::zone)
                .filter("availability-zone-id", subnet -> RegionFacts.zoneId(subnet.zone()))
                .filter("availabilityZoneId", subnet -> RegionFacts.zoneId(subnet.zone()))
                .filter(
                        "available-ip-address-count",
                        subnet -> Integer.toString(subnet.cidr().available()))
                .filter("default-for-az", subnet -> Boolean.toString(subnet.isDefault()))
                .filter("defaultForAz", subnet -> Boolean.toString(subnet.isDefault()))
                .filter(
                        "map-public-ip-on-launch",
                        subnet -> Boolean.toString(subnet.launch().publicIp()))
                .filter("subnet-arn", subnet -> arn("subnet", subnet.id()))
                .filter("state", subnet -> status(subnet.phase()));
    }

    private Kind<GroupRow> groupsKind() {
        return kind("security-group", GroupRow.class, "sg-", missing("InvalidGroup.NotFound", "security group"))
                .filter("group-id", GroupRow::id)
                .filter("group-name", GroupRow::name)
                .filter("description", GroupRow::description)
                .filter("vpc-id", GroupRow::vpc)
                .quota(
                        MOST_GROUPS,
                        () -> Code.of("SecurityGroupLimitExceeded", 400)
                                .because("The maximum number of security groups for VPC has been reached."));
    }

    private Kind<RuleRow> rulesKind() {
        return kind(
                        "security-group-rule",
                        RuleRow.class,
                        "sgr-",
                        missing("InvalidSecurityGroupRuleId.NotFound", "security group rule ID"))
                .filter("security-group-rule-id", RuleRow::id)
                .filter("group-id", RuleRow::group);
    }

    private static <R extends dev.cloudjar.kernel.Resource> Kind<R> kind(
            String name, Class<R> rows, String prefix, Function<String, AwsError> missing) {
        return Kind.of(Ec2Service.ID, name, rows, missing)
                .arn(id -> name + '/' + id)
                .ids(prefix)
                .tags(ResourceTags.RULES)
                .filter("owner-id", _ -> Call.current().account());
    }

    private static Function<String, AwsError> missing(String code, String what) {
        return id -> Code.of(code, 400).because("The %s '%s' does not exist", what, id);
    }

    Shelf<VpcRow> vpcs() {
        return vpcs;
    }

    Shelf<SubnetRow> subnets() {
        return subnets;
    }

    Shelf<GroupRow> groups() {
        return groups;
    }

    Shelf<RuleRow> rules() {
        return rules;
    }

    String id(String prefix) {
        return kernel.ids().hex(prefix, 17);
    }

    Kernel kernel() {
        return kernel;
    }

    /// The status of a VPC or a subnet that begins to be in this call.
    /// What has been there before anybody looked.
    Phase<VpcRow.Status> always() {
        return VpcRow.LIFE.begin(VpcRow.Status.available, kernel.moment());
    }

    Phase<VpcRow.Status> begin() {
        return VpcRow.LIFE.begin(VpcRow.Status.pending, kernel.moment());
    }

    String status(Phase<VpcRow.Status> phase) {
        return VpcRow.LIFE.at(phase, kernel.moment()).name();
    }

    /// The options that every region has from the beginning.
    static String dhcpOptions() {
        return "dopt-" + "%08x".formatted(Call.current().region().hashCode());
    }

    static String arn(String type, String id) {
        return Arn.here(Ec2Service.ID, type + '/' + id).toString();
    }

    Stream<SubnetRow> subnetsOf(String vpc) {
        return subnets.all().filter(subnet -> subnet.vpc().equals(vpc));
    }

    Stream<GroupRow> groupsOf(String vpc) {
        return groups.all().filter(group -> group.vpc().equals(vpc));
    }

    List<RuleRow> rulesOf(GroupRow group) {
        return group.rules().stream().map(rules::get).toList();
    }

    /// Removes a group with its rules.
    void remove(GroupRow group) {
        group.rules().forEach(rules::remove);
        groups.remove(group.id());
    }
}

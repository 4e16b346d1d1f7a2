package dev.cloudjar.services.ec2;

import static dev.cloudjar.services.ec2.Refusals.INVALID_VALUE;

import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.services.ec2.RuleRow.Group;
import dev.cloudjar.services.ec2.RuleRow.Ipv4;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Security groups: made, listed and deleted.
record SecurityGroups(Network network, DefaultVpc defaults) implements Part {
    private static final Code DUPLICATE = Code.of("InvalidGroup.Duplicate", 400);
    private static final Code MALFORMED = Code.of("InvalidGroupId.Malformed", 400);
    private static final Code NO_VPC = Code.of("VPCIdNotSpecified", 400);
    private static final Accepts TEXT = Accepts.text(1, 255, "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");

    @Override
    public CreateSecurityGroupResult createSecurityGroup(CreateSecurityGroupRequest in) {
        String name = in.groupName();
        check(in);
        String vpc = in.vpcId()
                .map(id -> network.vpcs().get(id))
                .or(defaults::find)
                .orElseThrow(() -> NO_VPC.because("No default VPC for this user"))
                .id();
        if (network.groupsOf(vpc).anyMatch(group -> group.name().equals(name))) {
            throw DUPLICATE.because("The security group '%s' already exists for VPC '%s'", name, vpc);
        }
        Map<String, String> tags = TagSpecifications.of(in.tagSpecifications(), "security-group");
        GroupRow made = network.groups().create(tags, id -> new GroupRow(id, vpc, name, in.description(), List.of()));
        defaults.allowAll(made, true, new Ipv4(DefaultVpc.ANYWHERE));
        return new CreateSecurityGroupResult()
                .groupId(made.id())
                .securityGroupArn(Network.arn("security-group", made.id()))
                .tags(Tags.as(tags, Tag::new));
    }

    private static void check(CreateSecurityGroupRequest in) {
        String name = in.groupName();
        if (name.equalsIgnoreCase(GroupRow.DEFAULT)) {
            throw INVALID_VALUE.because("Cannot use reserved security group name: %s", name);
        }
        if (name.startsWith("sg-")) {
            throw INVALID_VALUE.because(
                    "Invalid value '%s' for groupName. Group names may not be in the format sg-*.", name);
        }
        if (!TEXT.takes(name)) {
            throw Refusals.invalid(
                    name,
                    "GroupName",
                    "Invalid security group name. Valid names are strings less than 256"
                            + " characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
        }
        if (!TEXT.takes(in.description())) {
            throw Refusals.invalid(
                    in.description(),
                    "GroupDescription",
                    "Invalid security group description. Valid descriptions are strings less than 256 characters from"
                            + " the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*");
        }
    }

    @Override
    public DescribeSecurityGroupsResult describeSecurityGroups(DescribeSecurityGroupsRequest in) {
        in.groupIds().forEach(SecurityGroups::checkId);
        List<String> named =
                in.groupNames().stream().map(name -> named(network, name).id()).toList();
        Page<GroupRow> page =
                Listing.of(network.groups(), in, "GroupIds", group -> named.isEmpty() || named.contains(group.id()));
        return new DescribeSecurityGroupsResult()
                .securityGroups(page.map(this::told).items())
                .nextToken(page.next());
    }

    @Override
    public DeleteSecurityGroupResult deleteSecurityGroup(DeleteSecurityGroupRequest in) {
        GroupRow group = find(network, in.groupId(), in.groupName());
        if (group.isDefault()) {
            throw Refusals.CANNOT_DELETE.because(
                    "the specified group: \"%s\" name: \"%s\" cannot be deleted by a user", group.id(), group.name());
        }
        boolean named = network.rules()
                .all()
                .anyMatch(rule -> !rule.group().equals(group.id())
                        && rule.match().peer() instanceof Group peer
                        && peer.id().equals(group.id()));
        if (named) {
            throw Refusals.DEPENDENCY_VIOLATION.because("resource %s has a dependent object", group.id());
        }
        network.remove(group);
        return new DeleteSecurityGroupResult().return_(true).groupId(group.id());
    }

    /// The group that a request names by id, or by name in the default VPC.
    static GroupRow find(Network network, Optional<String> id, Optional<String> name) {
        id.ifPresent(SecurityGroups::checkId);
        return id.map(network.groups()::get)
                .orElseGet(() -> named(network, name.orElseThrow(() -> Refusals.missing("groupName or groupId"))));
    }

    private static GroupRow named(Network network, String name) {
        String vpc = network.vpcs()
                .all()
                .filter(VpcRow::isDefault)
                .map(VpcRow::id)
                .findFirst()
                .orElseThrow(() -> NO_VPC.because("No default VPC for this user"));
        return network.groupsOf(vpc)
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Code.of("InvalidGroup.NotFound", 400)
                        .because("The security group '%s' does not exist in default VPC '%s'", name, vpc));
    }

    private static void checkId(String id) {
        if (!id.startsWith("sg-")) {
            throw MALFORMED.because("Invalid id: \"%s\" (expecting \"sg-...\")", id);
        }
    }

    private SecurityGroup told(GroupRow group) {
        List<RuleRow> rules = network.rulesOf(group);
        return new SecurityGroup()
                .groupId(group.id())
                .groupName(group.name())
                .description(group.description())
                .ownerId(Call.current().account())
                .vpcId(group.vpc())
                .securityGroupArn(Network.arn("security-group", group.id()))
                .ipPermissions(Permissions.told(rules, false))
                .ipPermissionsEgress(Permissions.told(rules, true))
                .tags(Tags.as(network.groups().tags(group.id()), Tag::new));
    }
}

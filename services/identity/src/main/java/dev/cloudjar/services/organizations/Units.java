package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import java.util.List;

/// Organizational units, and who stands under what.
final class Units implements Organizations {
    private static final int DEEPEST = 6;

    private final Tree tree;
    private final LimitWriter limits;

    Units(Tree tree, LimitWriter limits) {
        this.tree = tree;
        this.limits = limits;
    }

    @Override
    public CreateOrganizationalUnitResponse createOrganizationalUnit(CreateOrganizationalUnitRequest in) {
        Realm organization = tree.managed();
        tree.checkParent(organization, in.parentId(), PARENT_NOT_FOUND_EXCEPTION, "parent");
        checkName(in.parentId(), in.name());
        if (tree.path(organization, in.parentId()).size() >= DEEPEST) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.OU_DEPTH_LIMIT_EXCEEDED,
                    "You have exceeded the maximum depth of organizational units.");
        }
        String id = tree.id("ou-" + organization.root().substring(2) + '-', 8);
        Unit unit = tree.units.put(new Unit(id, organization.key(), in.parentId(), in.name()));
        tree.marks.open(organization, id, Tags.of(in.tags()));
        tree.attachDefaults(organization, id);
        return new CreateOrganizationalUnitResponse().organizationalUnit(told(organization, unit));
    }

    private void checkName(String parent, String name) {
        if (tree.unitsUnder(parent).stream().anyMatch(unit -> unit.name().equals(name))) {
            throw DUPLICATE_ORGANIZATIONAL_UNIT_EXCEPTION.because("An OU with the same name already exists.");
        }
    }

    private OrganizationalUnit told(Realm organization, Unit unit) {
        return new OrganizationalUnit()
                .id(unit.key())
                .arn(Tree.arn(organization, "ou/" + organization.key() + '/' + unit.key()))
                .name(unit.name())
                .path(tree.pathText(organization, unit.key()));
    }

    private Unit get(Realm organization, String id) {
        return tree.unit(organization, id)
                .orElseThrow(() -> ORGANIZATIONAL_UNIT_NOT_FOUND_EXCEPTION.because(
                        "You specified an organizational unit that doesn't exist."));
    }

    @Override
    public DescribeOrganizationalUnitResponse describeOrganizationalUnit(DescribeOrganizationalUnitRequest in) {
        Realm organization = tree.seen();
        return new DescribeOrganizationalUnitResponse()
                .organizationalUnit(told(organization, get(organization, in.organizationalUnitId())));
    }

    @Override
    public UpdateOrganizationalUnitResponse updateOrganizationalUnit(UpdateOrganizationalUnitRequest in) {
        Realm organization = tree.managed();
        Unit unit = get(organization, in.organizationalUnitId());
        in.name().filter(name -> !name.equals(unit.name())).ifPresent(name -> checkName(unit.parent(), name));
        Unit named = tree.units.put(new Unit(
                unit.key(), unit.organization(), unit.parent(), in.name().orElse(unit.name())));
        return new UpdateOrganizationalUnitResponse().organizationalUnit(told(organization, named));
    }

    @Override
    public DeleteOrganizationalUnitResponse deleteOrganizationalUnit(DeleteOrganizationalUnitRequest in) {
        Realm organization = tree.managed();
        Unit unit = get(organization, in.organizationalUnitId());
        if (!tree.unitsUnder(unit.key()).isEmpty()
                || !tree.membersUnder(unit.key()).isEmpty()) {
            throw ORGANIZATIONAL_UNIT_NOT_EMPTY_EXCEPTION.because(
                    "You can't delete an organizational unit that contains accounts or other organizational units.");
        }
        tree.forget(organization, unit.key());
        tree.units.remove(unit.key());
        limits.write(organization);
        return new DeleteOrganizationalUnitResponse();
    }

    @Override
    public ListOrganizationalUnitsForParentResponse listOrganizationalUnitsForParent(
            ListOrganizationalUnitsForParentRequest in) {
        Realm organization = tree.seen();
        tree.checkParent(organization, in.parentId(), PARENT_NOT_FOUND_EXCEPTION, "parent");
        Page<OrganizationalUnit> page =
                tree.page(in, tree.unitsUnder(in.parentId()), Unit::key).map(unit -> told(organization, unit));
        return new ListOrganizationalUnitsForParentResponse()
                .organizationalUnits(page.items())
                .nextToken(page.next());
    }

    @Override
    public ListChildrenResponse listChildren(ListChildrenRequest in) {
        Realm organization = tree.seen();
        tree.checkParent(organization, in.parentId(), PARENT_NOT_FOUND_EXCEPTION, "parent");
        List<String> ids = in.childType().equals(ChildType.ACCOUNT)
                ? tree.membersUnder(in.parentId()).stream().map(Member::key).toList()
                : tree.unitsUnder(in.parentId()).stream().map(Unit::key).toList();
        Page<Child> page =
                tree.page(in, ids, id -> id).map(id -> new Child().id(id).type(in.childType()));
        return new ListChildrenResponse().children(page.items()).nextToken(page.next());
    }

    @Override
    public ListParentsResponse listParents(ListParentsRequest in) {
        Realm organization = tree.seen();
        String parent = tree.unit(organization, in.childId())
                .map(Unit::parent)
                .or(() -> tree.members
                        .find(in.childId())
                        .filter(member -> member.organization().equals(organization.key()))
                        .map(Member::parent))
                .orElseThrow(() -> CHILD_NOT_FOUND_EXCEPTION.because("You specified a child that doesn't exist."));
        String type = parent.startsWith("r-") ? ParentType.ROOT : ParentType.ORGANIZATIONAL_UNIT;
        return new ListParentsResponse().parents(List.of(new Parent().id(parent).type(type)));
    }
}

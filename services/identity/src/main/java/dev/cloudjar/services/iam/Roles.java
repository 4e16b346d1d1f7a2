package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.services.iam.Entity.Grants;
import dev.cloudjar.services.iam.Entity.Name;
import dev.cloudjar.services.iam.Entity.RoleFacts;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Roles themselves, and the policies that say who may assume them.
final class Roles implements Iam {
    private static final int TRUST_LIMIT = 2048;
    private static final int USUAL_SESSION = 3600;
    private static final String LINKED = "/aws-service-role/";

    private final Kernel kernel;
    private final Directory directory;
    private final Shelf<Profile> profiles;
    private final Policies policies;
    private final Views views;
    private final Pages pages;

    Roles(Kernel kernel, Directory directory, Policies policies, Views views) {
        this.kernel = kernel;
        this.directory = directory;
        this.profiles = kernel.shelf(Profile.KIND);
        this.policies = policies;
        this.views = views;
        this.pages = new Pages(kernel);
    }

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest in) {
        var tags = Tagging.ofEntity(in.tags());
        in.permissionsBoundary().ifPresent(policies::checkBoundary);
        var facts = new RoleFacts(
                trust(in.assumeRolePolicyDocument()),
                in.description(),
                in.maxSessionDuration().orElse(USUAL_SESSION),
                Optional.empty());
        Name name = new Name(in.path().orElse("/"), in.roleName());
        if (name.path().startsWith(LINKED)) {
            throw Refusals.invalid("Path prefix '" + LINKED + "' can only be used for AWS Service linked Roles");
        }
        var made = made(kernel, name, facts).granted(grants -> grants.bounded(in.permissionsBoundary()));
        directory.create(Sort.ROLE, made, tags);
        return new CreateRoleResponse().role(views.role(made).roleLastUsed(Optional.empty()));
    }

    static Entity made(Kernel kernel, Name name, RoleFacts facts) {
        return new Entity(
                name,
                new KeyIds(kernel.ids(), kernel.tokens()).unique(Sort.ROLE.prefix()),
                Moment.now(kernel),
                Grants.NONE,
                List.of(),
                Optional.of(facts));
    }

    /// A trust policy as it is kept.
    private String trust(String document) {
        try {
            Document.parse(document, Grammar.TRUST);
        } catch (Malformed malformed) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(malformed.message());
        }
        checkActions(document);
        if (InlinePolicies.size(document) > TRUST_LIMIT) {
            throw Refusals.overQuota("ACLSizePerRole", TRUST_LIMIT);
        }
        return kernel.kept(
                document,
                name -> MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                        "Invalid principal in policy: \"AWS\":\"%s\"", name));
    }

    private static void checkActions(String document) {
        Object statements = Json.object(document).orElseThrow().get("Statement");
        for (Object each : statements instanceof List<?> list ? list : Collections.singletonList(statements)) {
            Object actions = each instanceof Map<?, ?> statement ? statement.get("Action") : null;
            List<?> all = actions instanceof List<?> list ? list : actions == null ? List.of() : List.of(actions);
            boolean others = all.stream()
                    .anyMatch(action ->
                            !action.toString().toLowerCase(Locale.ROOT).startsWith("sts:"));
            if (others) {
                throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                        "AssumeRole policy may only specify STS AssumeRole actions.");
            }
        }
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest in) {
        return new GetRoleResponse().role(views.role(directory.get(Sort.ROLE, in.roleName())));
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest in) {
        var out = new ListRolesResponse();
        List<Entity> found = pages.of(in, out, directory.under(Sort.ROLE, in.pathPrefix()));
        return out.roles(found.stream().map(views::listedRole).toList());
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest in) {
        change(
                in.roleName(),
                facts -> new RoleFacts(
                        facts.trust(),
                        in.description().or(facts::description),
                        in.maxSessionDuration().orElse(USUAL_SESSION),
                        facts.used()));
        return new UpdateRoleResponse();
    }

    @Override
    public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest in) {
        Entity role = change(
                in.roleName(),
                facts -> new RoleFacts(facts.trust(), Optional.of(in.description()), facts.maxSession(), facts.used()));
        return new UpdateRoleDescriptionResponse().role(views.role(role));
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest in) {
        directory.get(Sort.ROLE, in.roleName());
        String trust = trust(in.policyDocument());
        change(in.roleName(), facts -> facts.trusting(trust));
        return new UpdateAssumeRolePolicyResponse();
    }

    private Entity change(String name, UnaryOperator<RoleFacts> change) {
        checkOwn(directory.get(Sort.ROLE, name));
        return directory.change(Sort.ROLE, name, role -> role.acting(change.apply(role.facts())));
    }

    /// A role that belongs to a service is changed by that service alone.
    static void checkOwn(Entity role) {
        if (role.name().path().startsWith(LINKED)) {
            throw UNMODIFIABLE_ENTITY_EXCEPTION.because("Cannot perform the operation on the protected role '"
                    + role.name().text() + "' - this role is only modifiable by AWS");
        }
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest in) {
        Entity role = directory.get(Sort.ROLE, in.roleName());
        checkOwn(role);
        boolean free = profiles.all()
                .filter(profile -> profile.roles().contains(in.roleName()))
                .toList()
                .isEmpty();
        if (!free) {
            throw Refusals.conflict("remove roles from instance profile");
        }
        if (!role.grants().attached().isEmpty()) {
            throw Refusals.conflict("detach all policies");
        }
        if (!role.grants().inline().isEmpty()) {
            throw Refusals.conflict("delete policies");
        }
        directory.remove(Sort.ROLE, role);
        return new DeleteRoleResponse();
    }
}

package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.Attached;
import dev.cloudjar.kernel.policy.Bindings;
import dev.cloudjar.kernel.policy.Documents;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.services.iam.Entity.Grants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the policies that bind a principal: those of a user and its groups or of a role, with the boundary,
/// and what narrows a session.
final class Binder {
    private final Directory directory;
    private final Policies policies;
    private final Documents documents = new Documents();

    Binder(Directory directory, Policies policies) {
        this.directory = directory;
        this.policies = policies;
    }

    /// Runs in the account of the principal.
    Bindings bindings(Principal who) {
        List<Attached> session = session(who);
        return switch (who.kind()) {
            case USER -> user(who.arn(), session);
            case SESSION -> role(who.session().issuer(), who.issuerId(), session);
            case FEDERATED_USER -> federated(who, session);
            case ROOT -> new Bindings(List.of(), Optional.empty(), session, Map.of(), false);
            default -> Bindings.NONE;
        };
    }

    private Bindings user(String arn, List<Attached> session) {
        Optional<Entity> user = directory.known(Sort.USER, name(arn));
        if (user.isEmpty()) {
            return Bindings.NONE;
        }
        var held = new ArrayList<>(held(Sort.USER, user.get()));
        for (String group : user.get().groups()) {
            directory.known(Sort.GROUP, group).ifPresent(found -> held.addAll(held(Sort.GROUP, found)));
        }
        Map<String, String> tags = directory.tags(Sort.USER, user.get());
        return new Bindings(held, boundary(user.get().grants()), session, tags, false);
    }

    /// A role that was deleted and made anew is another one.
    private Bindings role(String arn, String uniqueId, List<Attached> session) {
        Optional<Entity> role = directory
                .known(Sort.ROLE, name(arn))
                .filter(found -> found.uniqueId().equals(uniqueId));
        return role.map(found -> new Bindings(
                        held(Sort.ROLE, found),
                        boundary(found.grants()),
                        session,
                        directory.tags(Sort.ROLE, found),
                        found.name().path().startsWith("/aws-service-role/")))
                .orElse(Bindings.NONE);
    }

    /// A federated user may do what its user may, as far as the session says so; without session policies,
    /// nothing.
    private Bindings federated(Principal who, List<Attached> session) {
        if (session.isEmpty()) {
            return Bindings.NONE;
        }
        if (who.session().issuer().endsWith(":root")) {
            return new Bindings(session, Optional.empty(), List.of(), Map.of(), false);
        }
        return user(who.session().issuer(), session);
    }

    private List<Attached> held(Sort sort, Entity entity) {
        var held = new ArrayList<Attached>();
        entity.grants()
                .inline()
                .forEach((name, text) -> held.add(
                        new Attached(Directory.arn(sort, entity) + '/' + name, documents.of(text, Grammar.IDENTITY))));
        entity.grants().attached().forEach(arn -> managed(arn).ifPresent(held::add));
        return held;
    }

    /// The policies of a user with its groups', of a group or of a role, as the simulator names them.
    List<Simulation.Source> sources(Arn arn) {
        Sort sort = sort(arn);
        Entity entity = directory.get(sort, arn.name());
        var sources = new ArrayList<>(sources(sort, entity));
        entity.groups()
                .forEach(group -> directory
                        .find(Sort.GROUP, group)
                        .ifPresent(found -> sources.addAll(sources(Sort.GROUP, found))));
        return sources;
    }

    /// Refuses an ARN that is of no user, group or role.
    void check(Arn arn) {
        directory.get(sort(arn), arn.name());
    }

    /// The boundary of a user or role, or nothing.
    List<Simulation.Source> boundary(Arn arn) {
        Entity entity = directory.get(sort(arn), arn.name());
        return entity.grants().boundary().stream()
                .flatMap(bound -> policies.find(bound).stream())
                .map(policy -> new Simulation.Source(
                        policy.name().text(), "IAM Policy", policy.current().document()))
                .toList();
    }

    private static Sort sort(Arn arn) {
        for (Sort sort : Sort.values()) {
            if (arn.resource().startsWith(sort.wire() + '/')) {
                return sort;
            }
        }
        throw Refusals.invalid("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
    }

    private List<Simulation.Source> sources(Sort sort, Entity entity) {
        var sources = new ArrayList<Simulation.Source>();
        String owner = sort.wire() + '_' + entity.name().text() + '_';
        entity.grants()
                .inline()
                .forEach((name, text) -> sources.add(new Simulation.Source(owner + name, "IAM Policy", text)));
        entity.grants()
                .attached()
                .forEach(arn -> policies.find(arn)
                        .ifPresent(policy -> sources.add(new Simulation.Source(
                                policy.name().text(),
                                "IAM Policy",
                                policy.current().document()))));
        return sources;
    }

    private Optional<Attached> boundary(Grants grants) {
        return grants.boundary().flatMap(this::managed);
    }

    private Optional<Attached> managed(String arn) {
        return policies.find(arn)
                .map(policy -> new Attached(arn, documents.of(policy.current().document(), Grammar.IDENTITY)));
    }

    /// Of several, all count together: what one of them allows is allowed. They are joined under one name.
    private List<Attached> session(Principal who) {
        var found = new ArrayList<Attached>();
        for (String policy : who.session().policies()) {
            if (Arn.parse(policy).isPresent()) {
                managed(policy).ifPresent(found::add);
            } else {
                found.add(new Attached(who.arn() + "/session-policy", documents.of(policy, Grammar.IDENTITY)));
            }
        }
        return found;
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// The account in which to look.
    static Call home(Principal who) {
        Call call = Call.current();
        return call.in(who.account());
    }
}

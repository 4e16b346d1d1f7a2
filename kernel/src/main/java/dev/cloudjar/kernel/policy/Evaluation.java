package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.Decision.Hit;
import dev.cloudjar.kernel.policy.Decision.Outcome;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import dev.cloudjar.kernel.policy.Principals.Grant;
import dev.cloudjar.kernel.policy.Statement.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One decision in the making, by the evaluation logic of the IAM user guide: a deny anywhere decides; then every
/// kind of policy in its turn must allow what it has a say in.
public final class Evaluation {
    private final Asked asked;
    private final String action;
    private final Print print;
    private final Asked there;
    private final Print printThere;
    private final Policies policies;
    private final List<Hit> hits = new ArrayList<>(4);

    private Evaluation(Asked asked, Policies policies) {
        this.asked = asked;
        this.action = asked.actionKey();
        this.print = new Print(asked.resource());
        this.there = asked.there();
        this.printThere = there == asked ? print : new Print(there.resource());
        this.policies = policies;
    }

    public static Decision of(Asked asked, Policies policies) {
        return new Evaluation(asked, policies).decide();
    }

    /// All are asked before any decides, so that a deny is found wherever it stands. What narrows a session of
    /// root, as AWS's own policies for its tasks do, only denies.
    private Decision decide() {
        Optional<Layer> uncontrolled = controls();
        Grant own = policies.resource()
                .map(given -> grant(given.layer(), List.of(given.policy())))
                .orElse(Grant.NONE);
        boolean root = asked.principal().kind() == Principal.Kind.ROOT;
        boolean identity = root || allows(Layer.IDENTITY, policies.identity());
        boolean bounded = policies.boundary()
                .map(boundary -> allows(Layer.BOUNDARY, List.of(boundary)))
                .orElse(true);
        boolean session = allows(Layer.SESSION, policies.session())
                || root
                || policies.session().isEmpty();
        Optional<Hit> denial = hits.stream().filter(hit -> !hit.allows()).findFirst();
        if (denial.isPresent()) {
            return new Decision(Outcome.EXPLICIT_DENY, denial.get().layer(), hits);
        }
        return uncontrolled
                .or(() -> missing(own, identity, bounded, session))
                .map(layer -> new Decision(Outcome.IMPLICIT_DENY, layer, hits))
                .orElseGet(() -> new Decision(Outcome.ALLOWED, Layer.IDENTITY, hits));
    }

    /// Every level is asked, since a deny at the last counts as much as one at the first.
    private Optional<Layer> controls() {
        boolean resource =
                everyLevel(Layer.RESOURCE_CONTROL, policies.controls().resource());
        boolean service = everyLevel(Layer.SERVICE_CONTROL, policies.controls().service());
        boolean endpoint = policies.controls()
                .endpoint()
                .map(policy -> allows(Layer.ENDPOINT, List.of(policy)))
                .orElse(true);
        if (!resource) {
            return Optional.of(Layer.RESOURCE_CONTROL);
        }
        if (!service) {
            return Optional.of(Layer.SERVICE_CONTROL);
        }
        return endpoint ? Optional.empty() : Optional.of(Layer.ENDPOINT);
    }

    private boolean everyLevel(Layer layer, List<List<Attached>> levels) {
        boolean all = true;
        for (List<Attached> level : levels) {
            all &= allows(layer, level);
        }
        return all;
    }

    private boolean allows(Layer layer, List<Attached> those) {
        return grant(layer, those) != Grant.NONE;
    }

    /// The widest grant of `those`; what denies is noted, and so is what allows.
    private Grant grant(Layer layer, List<Attached> those) {
        Grant widest = Grant.NONE;
        boolean own = layer.isOfResource();
        Asked question = own ? there : asked;
        Print resource = own ? printThere : print;
        for (Attached attached : those) {
            Sieve about = attached.document().about(action);
            for (int at = about.next(0, resource); at < about.size(); at = about.next(at + 1, resource)) {
                Statement statement = about.at(at);
                Grant grant = statement.grant(question);
                if (grant != Grant.NONE) {
                    boolean allow = statement.effect() == Effect.ALLOW;
                    hits.add(new Hit(layer, attached.name(), statement.name(), allow));
                    widest = allow && grant.compareTo(widest) > 0 ? grant : widest;
                }
            }
        }
        return widest;
    }

    /// The first kind of policy that should have allowed and did not.
    private Optional<Layer> missing(Grant resource, boolean identity, boolean bounded, boolean session) {
        Layer own = policies.resource().map(OfResource::layer).orElse(Layer.RESOURCE);
        boolean alone = asked.principal().kind() == Principal.Kind.SERVICE
                || asked.principal().kind() == Principal.Kind.ANONYMOUS
                || asked.principal().kind() == Principal.Kind.FEDERATED;
        if (alone) {
            return resource == Grant.NONE ? Optional.of(own) : Optional.empty();
        }
        boolean needed = asked.isCrossAccount()
                || policies.resource().filter(OfResource::needed).isPresent();
        if (needed && resource == Grant.NONE) {
            return Optional.of(
                    identity ? own : first(identity, bounded, session).orElse(own));
        }
        if (!asked.isCrossAccount() && resource == Grant.DIRECT) {
            return Optional.empty();
        }
        boolean granted = !asked.isCrossAccount() && resource == Grant.ROLE;
        return first(identity || granted, bounded, session);
    }

    private static Optional<Layer> first(boolean identity, boolean bounded, boolean session) {
        if (!identity) {
            return Optional.of(Layer.IDENTITY);
        }
        if (!bounded) {
            return Optional.of(Layer.BOUNDARY);
        }
        return session ? Optional.empty() : Optional.of(Layer.SESSION);
    }
}

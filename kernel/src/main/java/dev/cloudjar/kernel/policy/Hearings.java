package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Recollections;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Tagging;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Policies.Controls;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import dev.cloudjar.model.ServiceSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers the policies that have a say in one access and what is known of the request, and decides.
///
/// What was allowed without a look at the request is remembered as long as the policies stay as they are.
final class Hearings {
    /// What is asked of which service. The policy of a VPC endpoint has a say in what came by it, not in what a
    /// service asks for on the way.
    record Case(Service service, Access access, Values input, ServiceSchema schema, Optional<Attached> endpoint) {}

    /// What was decided, and of a refusal what AWS says of it and what it says once it is decoded.
    record Verdict(Decision decision, String refusal, String explained) {
        static Verdict allowing(Decision decision) {
            return new Verdict(decision, "", "");
        }
    }

    /// All that an answer depends on but rows: who calls, where and at which address, and what limits accounts as
    /// it was last read.
    private record Question(Caller caller, String service, String action, String resource, String name, Object limits) {
        record Caller(Principal who, String account, String region, String endpoint) {}

        /// Of what tells questions apart most, since it is worked out for every call.
        @Override
        public int hashCode() {
            return (caller.who().userId().hashCode() * 31 + action.hashCode()) * 31 + resource.hashCode();
        }
    }

    /// The facts of a request, and whether any was asked for.
    private static final class Heard implements Values {
        private final Values facts;
        private boolean any;

        Heard(Values facts) {
            this.facts = facts;
        }

        @Override
        public List<String> of(String key) {
            any = true;
            return facts.of(key);
        }
    }

    private final World world;
    private final Tagging tagging;
    private final Documents documents;
    private final LimitBook limits;
    private final Known known = new Known();
    private final Recollections<Question, Verdict> allowed;

    Hearings(World world, Documents documents, LimitBook limits) {
        this.world = world;
        this.tagging = new Tagging(world);
        this.documents = documents;
        this.limits = limits;
        this.allowed = new Recollections<>(world);
    }

    /// The verdict on a case of the current call. What the call's own transaction has changed counts.
    Verdict on(Case asks) {
        if (Call.isTransacting() || asks.endpoint().isPresent()) {
            return world.transact(() -> heard(asks, new Heard(facts(asks))));
        }
        Question question = question(asks);
        return allowed.recall(question)
                .orElseGet(() -> world.transact(() -> {
                    var facts = new Heard(facts(asks));
                    return allowed.learn(
                            question,
                            () -> heard(asks, facts),
                            verdict -> verdict.decision().isAllowed() && !facts.any);
                }));
    }

    private Question question(Case asks) {
        Call call = Call.current();
        Access access = asks.access();
        return new Question(
                new Question.Caller(
                        call.principal(),
                        call.account(),
                        call.region(),
                        call.request().endpoint()),
                asks.schema().id(),
                access.action(),
                access.resource(),
                access.name(),
                limits.edition());
    }

    private Facts facts(Case asks) {
        Call call = Call.current();
        Optional<Arn> resource = Arn.parse(asks.access().resource());
        return new Facts(
                call,
                asks.access(),
                world.time().now(),
                () -> bindings(call.principal()).tags(),
                () -> resource.map(arn ->
                                tagging.of(arn).orElseGet(() -> asks.service().tagsOf(arn)))
                        .orElse(Map.of()),
                asks.input(),
                limits::of);
    }

    private Verdict heard(Case asks, Values facts) {
        Call call = Call.current();
        Principal who = call.principal();
        Access access = asks.access();
        Optional<Arn> resource = Arn.parse(access.resource());
        Bindings bindings = bindings(who);
        String owner =
                resource.map(Arn::account).filter(account -> !account.isEmpty()).orElse(call.account());
        boolean root = who.kind() == Principal.Kind.ROOT && owner.equals(who.account());
        var asked =
                new Asked(who, access.action(), access.name(), root ? who.account() : owner, facts, access.resource());
        Controls organization = limits.controls(who.account(), owner, bindings.linked());
        Controls controls = asks.endpoint().map(organization::through).orElse(organization);
        Optional<OfResource> own = root ? Optional.empty() : resource.flatMap(arn -> own(asks.service(), arn));
        var policies = new Policies(bindings.identity(), bindings.boundary(), bindings.session(), controls, own);
        Decision decision = Evaluation.of(asked, policies);
        return decision.isAllowed()
                ? Verdict.allowing(decision)
                : new Verdict(decision, decision.refusal(asked), Denial.explained(asked, decision));
    }

    private Bindings bindings(Principal who) {
        boolean narrowed = !who.session().policies().isEmpty();
        return switch (narrowed ? Principal.Kind.SESSION : who.kind()) {
            case USER, SESSION, FEDERATED_USER ->
                world.port(Identities.class).map(port -> known.of(who, port)).orElse(Bindings.NONE);
            default -> Bindings.NONE;
        };
    }

    private Optional<OfResource> own(Service service, Arn arn) {
        return service.policy(arn).map(policy -> {
            boolean role = policy.kind() == ResourcePolicy.Kind.ROLE;
            Document document = documents.of(policy.text(), role ? Grammar.TRUST : Grammar.RESOURCE);
            return new OfResource(
                    new Attached(arn.toString(), document),
                    policy.kind() != ResourcePolicy.Kind.PLAIN,
                    role ? Layer.TRUST : Layer.RESOURCE);
        });
    }
}

package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Endpoints;
import dev.cloudjar.kernel.Policy;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Tagging;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Policies.Controls;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Judges every call as AWS does: gathers the policies that have a say and what is known of the request, and
/// refuses what they do not allow.
///
/// The root of an account is judged by its organization alone, so a world without one has nothing to judge
/// there.
public final class Judge implements Policy {
    private static final List<String> NARROWING =
            List.of("dynamodb:LeadingKeys", "s3:prefix", "iam:PassedToService", "kms:ViaService", "sts:ExternalId");

    private static final String ENDPOINT = "aws:sourcevpce";

    private final World world;
    private final Tagging tagging;
    private final Documents documents = new Documents();
    private final Known known = new Known();
    private final Rulings rulings = new Rulings();
    private final LimitBook limits;
    private final boolean audit;
    private final Map<String, Authority> authorities = new ConcurrentHashMap<>();

    /// One who only notes what is to be refused, where it is an `audit`.
    public Judge(World world, boolean audit) {
        this.world = world;
        this.tagging = new Tagging(world);
        this.audit = audit;
        this.limits = new LimitBook(world, documents);
    }

    public Rulings rulings() {
        return rulings;
    }

    /// What the operations of a service want.
    public Authority authority(ServiceSchema schema) {
        return authorities.computeIfAbsent(schema.id(), _ -> new Authority(schema));
    }

    @Override
    public void authorize(Call call, Service service, OperationSchema operation, Struct input) {
        if (isFree(call) || operation.facts().auth().contains("none")) {
            return;
        }
        limits.learn(call.principal().account());
        limits.learn(call.account());
        conclude(call.run(() -> world.transact(() -> judged(call, service, operation, input))));
    }

    /// What comes of all that the operation wants, up to the first that is refused: read in one transaction,
    /// which may run again.
    private List<Judged> judged(Call call, Service service, OperationSchema operation, Struct input) {
        Authority authority = authority(operation.service());
        List<Access> reference = authority.wants(operation, input, service.home(operation, input));
        Optional<Attached> endpoint = policyOfEndpoint(call);
        var judged = new ArrayList<Judged>(1);
        for (Access access : service.wants(operation, input, reference)) {
            Values keys = key -> authority.keys(operation, access.action()).of(key, input);
            judged.add(judge(call, new Case(service, access, keys, operation.service(), endpoint)));
            if (judged.getLast().isRefused()) {
                break;
            }
        }
        return judged;
    }

    /// What came of one access, and how the service says so.
    private record Judged(Ruling ruling, Asked asked, ServiceSchema schema) {
        boolean isRefused() {
            return ruling.enforced() && !ruling.decision().isAllowed();
        }
    }

    /// Notes what was decided, and throws the refusal.
    private void conclude(List<Judged> judged) {
        for (Judged each : judged) {
            rulings.add(each.ruling());
            if (each.isRefused()) {
                String explained = Denial.explained(each.asked(), each.ruling().decision());
                String secret = world.tokens().seal(Denial.SCOPE, explained);
                throw Denial.of(each.schema(), each.asked(), each.ruling().refusal(), secret);
            }
        }
    }

    /// What is asked of which service. The policy of a VPC endpoint has a say in what came by it, not in what a
    /// service asks for on the way.
    private record Case(
            Service service, Access access, Values input, ServiceSchema schema, Optional<Attached> endpoint) {}

    private Optional<Attached> policyOfEndpoint(Call call) {
        List<String> endpoint = call.facts().of(ENDPOINT);
        return endpoint.isEmpty()
                ? Optional.empty()
                : world.port(Endpoints.class)
                        .flatMap(port -> port.find(endpoint.getFirst()))
                        .map(found -> new Attached(found.id(), documents.of(found.policy(), Grammar.RESOURCE)));
    }

    @Override
    public void require(Call call, Access access, String asking) {
        if (!isFree(call)) {
            String prefix = access.action().substring(0, access.action().indexOf(':'));
            world.service(prefix).or(() -> world.service(asking)).ifPresent(bound -> {
                var asks = new Case(bound.service(), access, Values.NONE, bound.schema(), Optional.empty());
                conclude(call.run(() -> world.transact(() -> List.of(judge(call, asks)))));
            });
        }
    }

    /// Whether nobody has a say: a root in an account of its own that is in no organization and does not come by
    /// a VPC endpoint, or the kernel's own work.
    private boolean isFree(Call call) {
        Principal who = call.principal();
        return who.kind() == Principal.Kind.ROOT
                && who.session().policies().isEmpty()
                && who.account().equals(call.account())
                && call.facts().of(ENDPOINT).isEmpty()
                && limits.of(who.account()).isEmpty()
                && limits.of(call.account()).isEmpty();
    }

    private Judged judge(Call call, Case asks) {
        Principal who = call.principal();
        Service service = asks.service();
        Access access = asks.access();
        Optional<Arn> resource = Arn.parse(access.resource());
        Bindings bindings = bindings(who);
        var facts = new Facts(
                call,
                access,
                world.time().now(),
                bindings::tags,
                () -> resource.map(arn -> tagging.of(arn).orElseGet(() -> service.tagsOf(arn)))
                        .orElse(Map.of()),
                asks.input(),
                limits::of);
        String owner =
                resource.map(Arn::account).filter(account -> !account.isEmpty()).orElse(call.account());
        boolean root = who.kind() == Principal.Kind.ROOT && owner.equals(who.account());
        var asked =
                new Asked(who, access.action(), access.name(), root ? who.account() : owner, facts, access.resource());
        Controls organization = limits.controls(who.account(), owner, bindings.linked());
        Controls controls = asks.endpoint().map(organization::through).orElse(organization);
        Optional<OfResource> own = root ? Optional.empty() : resource.flatMap(arn -> own(service, arn));
        var policies = new Policies(bindings.identity(), bindings.boundary(), bindings.session(), controls, own);
        Decision decision = Evaluation.of(asked, policies);
        Access narrowed = new Access(access.action(), access.resource(), narrowing(facts), access.name());
        String refusal = decision.isAllowed() ? "" : decision.refusal(asked);
        var ruling = new Ruling(call.request().id(), world.time().now(), who, narrowed, decision, refusal, !audit);
        return new Judged(ruling, asked, asks.schema());
    }

    /// The keys of a request to which a policy for it is best narrowed.
    private static Map<String, List<String>> narrowing(Facts facts) {
        Map<String, List<String>> narrowing = Map.of();
        for (String key : NARROWING) {
            List<String> values = facts.narrowing(key);
            if (!values.isEmpty()) {
                narrowing = narrowing.isEmpty() ? new HashMap<>() : narrowing;
                narrowing.put(key, values);
            }
        }
        return narrowing;
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

package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Endpoints;
import dev.cloudjar.kernel.Policy;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Hearings.Case;
import dev.cloudjar.kernel.policy.Hearings.Verdict;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Judges every call as AWS does: asks what an operation wants, has each of it decided, and refuses what is not
/// allowed.
///
/// The root of an account is judged by its organization alone, so a world without one has nothing to judge
/// there.
public final class Judge implements Policy {
    private static final List<String> NARROWING =
            List.of("dynamodb:LeadingKeys", "s3:prefix", "iam:PassedToService", "kms:ViaService", "sts:ExternalId");

    private static final String ENDPOINT = "aws:sourcevpce";

    private final World world;
    private final Documents documents = new Documents();
    private final Rulings rulings = new Rulings();
    private final LimitBook limits;
    private final Hearings hearings;
    private final boolean audit;
    private final Map<String, Authority> authorities = new ConcurrentHashMap<>();

    /// One who only notes what is to be refused, where it is an `audit`.
    public Judge(World world, boolean audit) {
        this.world = world;
        this.audit = audit;
        this.limits = new LimitBook(world, documents);
        this.hearings = new Hearings(world, documents, limits);
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
        call.run(() -> {
            judge(service, operation, input);
            return true;
        });
    }

    /// All that the operation wants, up to the first that is refused.
    private void judge(Service service, OperationSchema operation, Struct input) {
        Authority authority = authority(operation.service());
        List<Access> reference = authority.wants(operation, input, service.home(operation, input));
        Optional<Attached> endpoint = policyOfEndpoint(Call.current());
        for (Access access : service.wants(operation, input, reference)) {
            Values keys = key -> authority.keys(operation, access.action()).of(key, input);
            judge(new Case(service, access, keys, operation.service(), endpoint));
        }
    }

    private Optional<Attached> policyOfEndpoint(Call call) {
        List<String> endpoint = call.facts().of(ENDPOINT);
        return endpoint.isEmpty()
                ? Optional.empty()
                : world.port(Endpoints.class)
                        .flatMap(port -> world.transact(() -> port.find(endpoint.getFirst())))
                        .map(found -> new Attached(found.id(), documents.of(found.policy(), Grammar.RESOURCE)));
    }

    @Override
    public void require(Call call, Access access, String asking) {
        if (!isFree(call)) {
            String prefix = access.action().substring(0, access.action().indexOf(':'));
            world.service(prefix).or(() -> world.service(asking)).ifPresent(bound -> {
                var asks = new Case(bound.service(), access, Values.NONE, bound.schema(), Optional.empty());
                call.run(() -> {
                    judge(asks);
                    return true;
                });
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

    /// Notes what was decided, and throws the refusal.
    private void judge(Case asks) {
        Call call = Call.current();
        Access access = asks.access();
        Verdict verdict = hearings.on(asks);
        Access narrowed = new Access(
                access.action(), access.resource(), narrowing(access, asks.input()), access.name(), Values.NONE);
        rulings.add(new Ruling(
                call.request().id(),
                world.time().now(),
                call.principal(),
                narrowed,
                verdict.decision(),
                verdict.refusal(),
                !audit));
        if (!verdict.decision().isAllowed() && !audit) {
            String secret = world.tokens().seal(Denial.SCOPE, verdict.explained());
            throw Denial.of(asks.schema(), call.principal(), verdict.refusal(), secret);
        }
    }

    /// The keys of a request to which a policy for it is best narrowed.
    private static Map<String, List<String>> narrowing(Access access, Values input) {
        Map<String, List<String>> narrowing = Map.of();
        for (String key : NARROWING) {
            List<String> values = Facts.narrowing(key, access, input);
            if (!values.isEmpty()) {
                narrowing = narrowing.isEmpty() ? new HashMap<>() : narrowing;
                narrowing.put(key, values);
            }
        }
        return narrowing;
    }
}

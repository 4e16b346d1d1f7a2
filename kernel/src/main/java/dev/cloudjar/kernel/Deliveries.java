package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Failures.Failure;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.AwsError;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Hands payloads to the resource that an ARN names, whatever service that is: at least once, only if the
/// sender's transaction commits, and from one sender to one target in the order in which they were sent.
///
/// Each pair of a sender and a target has a lane of its own, so a target that fails or is slow holds up nobody
/// else. A payload that is refused goes to the sender's dead letters at once; one whose target fails is tried
/// again, later each time, until its time is over.
public final class Deliveries {
    /// The name under which the kernel's own tasks stand in the agenda.
    static final String SERVICE = "kernel";

    static final String TASK = "deliver";

    /// The principal of what the cloud itself tells: no policy is asked about it.
    static final String OWN = "cloudjar";

    private static final int AT_ONCE = 100;

    /// From whom to whom: the leading component of the keys of parcels on their way.
    record Way(String target, String principal, String source, String account, String region) {
        private static final String BETWEEN = " ";

        static Way of(Sender sender, Arn target) {
            Call call = Call.current();
            return new Way(target.toString(), sender.principal(), sender.source(), call.account(), call.region());
        }

        String text() {
            return String.join(BETWEEN, principal, source, account, region, target);
        }

        static Way parse(String text) {
            String[] parts = text.split(BETWEEN, 5);
            return new Way(parts[4], parts[0], parts[1], parts[2], parts[3]);
        }

        Sender sender() {
            return new Sender(principal, source);
        }

        /// The target; an ARN without account or region, as S3 has them, means those of the sender.
        Arn arn() {
            Arn arn = Arn.parse(target).orElseThrow();
            return arn.in(
                    arn.region().isEmpty() ? region : arn.region(),
                    arn.account().isEmpty() ? account : arn.account());
        }
    }

    /// A payload on its way: when it was sent, when it may be tried, and how often it has been.
    record Parcel(Key key, Payload payload, Retry retry, Instant sent, Instant due, int attempts)
            implements Row<Parcel.Key> {
        record Key(Way way, long sequence) {}

        Parcel again(Instant at) {
            return new Parcel(key, payload, retry, sent, at, attempts + 1);
        }
    }

    /// That a lane has parcels, and so a task on the agenda.
    record Lane(Way key) implements Row<Way> {}

    private final World world;
    private final Table<Parcel.Key, Parcel> parcels;
    private final Table<Way, Lane> lanes;

    Deliveries(World world) {
        this.world = world;
        this.parcels = new Table<>(world.transactions(), "kernel.parcels", Parcel.class, Scope.WORLD);
        this.lanes = new Table<>(world.transactions(), "kernel.lanes", Lane.class, Scope.WORLD);
    }

    /// Sends `payload` to `target` in the name of `principal` (`s3.amazonaws.com`), as part of this transaction.
    public void send(String principal, Arn target, Payload payload) {
        send(Sender.of(principal), target, payload, Retry.USUAL);
    }

    /// The same for a resource, whose ARN the target's policy may ask for.
    public void send(Sender sender, Arn target, Payload payload) {
        send(sender, target, payload, Retry.USUAL);
    }

    /// The same, tried as long as `retry` says.
    public void send(Sender sender, Arn target, Payload payload, Retry retry) {
        Way way = Way.of(sender, target);
        Instant now = world.time().now();
        world.transactions().run(() -> {
            var key = new Parcel.Key(way, world.ids().sequence());
            parcels.put(new Parcel(key, payload, retry, now, now, 0));
            if (lanes.create(new Lane(way))) {
                world.agenda().at(now, SERVICE, TASK, way.text());
            }
            return true;
        });
    }

    /// Hands `payload` over within this transaction, and lets the target's refusal through: for what a sender
    /// must know before it answers.
    public void hand(String principal, Arn target, Payload payload) {
        hand(Sender.of(principal), target, payload);
    }

    /// The same for a resource, whose ARN the target's policy may ask for.
    public void hand(Sender sender, Arn target, Payload payload) {
        Way way = Way.of(sender, target);
        handOver(way, payload, taker(way.arn()));
    }

    /// How many parcels are on their way to each target.
    public Map<String, Long> onTheirWay() {
        return world.transactions().run(() -> {
            var counts = new HashMap<String, Long>();
            lanes.rows(Span.ALL)
                    .map(Lane::key)
                    .forEach(way -> counts.merge(way.target(), parcels.count(Span.under(way)), Long::sum));
            return counts;
        });
    }

    /// Delivers what is on a lane, in order, up to the first that has to wait.
    Consumer<String> task() {
        return subject -> {
            Way way = Way.parse(subject);
            Optional<Instant> next = Optional.empty();
            for (int i = 0; i < AT_ONCE && next.isEmpty(); i++) {
                next = step(way);
            }
            Instant again = next.orElse(world.time().now());
            if (again.isBefore(Instant.MAX)) {
                world.agenda().at(again, SERVICE, TASK, subject);
            }
        };
    }

    /// Delivers the first parcel of a lane. Answers when the lane is to be looked at again; nothing where at
    /// once.
    private Optional<Instant> step(Way way) {
        var trying = new AtomicReference<Parcel>();
        try {
            return handOver(way, trying);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            Parcel parcel = trying.get();
            if (parcel == null) {
                throw failure;
            }
            return Optional.of(world.transactions().run(() -> failed(parcel, failure)));
        }
    }

    private Optional<Instant> handOver(Way way, AtomicReference<Parcel> trying) {
        Arn target = way.arn();
        Optional<Service> service = taker(target);
        boolean slow = service.filter(Deliveries::takesItsTime).isPresent();
        Optional<Instant> next = world.transactions().run(() -> {
            Optional<Parcel> first = parcels.rows(Span.under(way)).findFirst();
            if (first.isEmpty()) {
                lanes.remove(way);
                return Optional.of(Instant.MAX);
            }
            Parcel parcel = first.get();
            if (parcel.due().isAfter(world.time().now())) {
                return Optional.of(parcel.due());
            }
            trying.set(parcel);
            if (!slow) {
                handOver(way, parcel.payload(), service);
                parcels.remove(parcel.key());
            }
            return Optional.empty();
        });
        if (next.isEmpty() && slow) {
            handOver(way, trying.get().payload(), service);
            world.transactions().run(() -> parcels.remove(trying.get().key()));
        }
        return next;
    }

    private Optional<Service> taker(Arn target) {
        return world.roster().owners(target).stream()
                .flatMap(id -> world.service(id).stream())
                .map(Bound::service)
                .findFirst();
    }

    private static boolean takesItsTime(Service service) {
        try {
            return service.getClass()
                    .getMethod("accept", Arn.class, Payload.class)
                    .isAnnotationPresent(OutsideTransaction.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every service has it", e);
        }
    }

    private void handOver(Way way, Payload payload, Optional<Service> service) {
        Arn target = way.arn();
        Service taker = service.orElseThrow(() -> new Undeliverable("nobody takes deliveries to " + target));
        world.call(way.principal(), target.account(), target.region())
                .inherit(Call.current())
                .run(() -> {
                    Arn named = Arn.parse(way.target()).orElseThrow();
                    if (!way.principal().equals(OWN)) {
                        world.policy()
                                .require(
                                        Call.current(),
                                        access(way, taker.deliveryAction(named), named),
                                        named.service());
                    }
                    taker.accept(named, payload);
                    return true;
                });
    }

    private static Access access(Way way, String action, Arn target) {
        Access access = Access.of(action, target).with("aws:SourceAccount", way.account());
        return way.source().isEmpty() ? access : access.with("aws:SourceArn", way.source());
    }

    /// A parcel that no attempt will ever deliver.
    private static final class Undeliverable extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Undeliverable(String message) {
            super(message);
        }
    }

    /// Puts a parcel off, or away where that is of no use any more. Answers when its lane is to be looked at
    /// again.
    private Instant failed(Parcel parcel, Throwable failure) {
        world.settings().log().accept("a delivery to " + parcel.key().way().target() + " failed: " + failure);
        Instant now = world.time().now();
        Instant again = now.plus(Retry.delay(parcel.attempts()));
        boolean useless = failure instanceof Undeliverable
                || failure instanceof AwsError refused && refused.code().status() < 500;
        Retry retry = parcel.retry();
        if (!useless
                && parcel.attempts() + 1 < retry.attempts()
                && again.isBefore(parcel.sent().plus(retry.age()))) {
            parcels.put(parcel.again(again));
            return again;
        }
        parcels.remove(parcel.key());
        bury(parcel, failure);
        return now;
    }

    private void bury(Parcel parcel, Throwable failure) {
        Way way = parcel.key().way();
        int attempts = parcel.attempts() + 1;
        if (parcel.retry().deadLetters().isEmpty()) {
            world.failures()
                    .add(new Failure(
                            way.text(),
                            String.valueOf(failure),
                            parcel.payload().text(),
                            attempts));
            return;
        }
        var attributes = new HashMap<>(parcel.payload().attributes());
        attributes.put(
                "ERROR_CODE",
                failure instanceof AwsError refused ? refused.code().code() : "TARGET_ERROR");
        attributes.put("ERROR_MESSAGE", String.valueOf(failure.getMessage()));
        attributes.put("RETRY_ATTEMPTS", Integer.toString(parcel.attempts()));
        attributes.put("TARGET_ARN", way.target());
        var retry = new Retry(parcel.retry().attempts(), parcel.retry().age(), Optional.empty());
        Call.current().in(way.account(), way.region()).run(() -> {
            send(
                    way.sender(),
                    parcel.retry().deadLetters().orElseThrow(),
                    new Payload(parcel.payload().text(), attributes),
                    retry);
            return true;
        });
    }
}

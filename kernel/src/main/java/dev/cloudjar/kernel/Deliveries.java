package dev.cloudjar.kernel;

import java.util.Map;
import java.util.function.Consumer;

/// Hands payloads to the resource that an ARN names, whatever service that is: at least once, and only if the
/// sender's transaction commits.
public final class Deliveries {
    /// The name under which the kernel's own tasks stand in the agenda.
    static final String SERVICE = "kernel";

    static final String TASK = "deliver";

    /// A payload on its way.
    record Parcel(Long key, String principal, String target, String text, Map<String, String> attributes)
            implements Row<Long> {}

    private final World world;
    private final Table<Long, Parcel> parcels;

    Deliveries(World world) {
        this.world = world;
        this.parcels = new Table<>(world.transactions(), "kernel.outbox", Parcel.class, Scope.WORLD);
    }

    /// Sends `payload` to `target` in the name of `principal` (`s3.amazonaws.com`), as part of this transaction.
    public void send(String principal, Arn target, Payload payload) {
        long key = world.ids().sequence();
        parcels.put(new Parcel(key, principal, target.toString(), payload.text(), payload.attributes()));
        world.agenda().at(world.time().now(), SERVICE, TASK, Long.toString(key));
    }

    /// Hands `payload` over within this transaction, and lets the target's refusal through: for what a sender
    /// must know before it answers.
    public void hand(String principal, Arn target, Payload payload) {
        Call call = world.call(principal, target.account(), target.region());
        Service service = world.service(target.service())
                .orElseThrow(() -> new IllegalStateException("nobody takes deliveries to " + target))
                .service();
        call.inherit(Call.current()).run(() -> {
            service.accept(target, payload);
            return true;
        });
    }

    Consumer<String> task() {
        return subject -> {
            long key = Long.parseLong(subject);
            Parcel parcel = parcels.find(key).orElseThrow();
            hand(
                    parcel.principal(),
                    Arn.parse(parcel.target()).orElseThrow(),
                    new Payload(parcel.text(), parcel.attributes()));
            parcels.remove(key);
        };
    }
}

package dev.cloudjar.kernel;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Tells EventBridge's default bus of the current account and region, and so whoever has a rule there, what
/// happened. The latest events are remembered for those who ask, as long as the process lasts.
public final class Events {
    private static final int CAPACITY = 1024;

    /// An event, and when and where it was told.
    public record Told(Instant at, String account, String region, AwsEvent event) {}

    private final World world;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Told> latest = new ArrayDeque<>();

    Events(World world) {
        this.world = world;
    }

    /// Publishes `event` if this transaction commits. A world without EventBridge has nobody to tell.
    public void publish(AwsEvent event) {
        Call call = Call.current();
        var told = new Told(world.time().now(), call.account(), call.region(), event);
        call.work().ifPresentOrElse(work -> work.afterwards().add(() -> remember(told)), () -> remember(told));
        if (world.roster().has("events")) {
            Payload payload =
                    new Payload(event.detail(), Map.of("source", event.source(), "detail-type", event.detailType()));
            world.deliveries().send(Deliveries.OWN, Arn.here("events", "event-bus/default"), payload);
        }
    }

    private void remember(Told told) {
        lock.lock();
        try {
            latest.add(told);
            if (latest.size() > CAPACITY) {
                latest.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The latest events that were committed, at most 1,024, oldest first.
    public List<Told> latest() {
        lock.lock();
        try {
            return new ArrayList<>(latest);
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        lock.lock();
        try {
            latest.clear();
        } finally {
            lock.unlock();
        }
    }
}

package dev.cloudjar.kernel;

import java.util.Map;

/// Tells EventBridge's default bus of the current account and region, and so whoever has a rule there, what
/// happened.
public final class Events {
    private final World world;

    Events(World world) {
        this.world = world;
    }

    /// Publishes `event` if this transaction commits. A world without EventBridge has nobody to tell.
    public void publish(AwsEvent event) {
        if (world.has("events")) {
            Payload payload =
                    new Payload(event.detail(), Map.of("source", event.source(), "detail-type", event.detailType()));
            world.deliveries().send(Deliveries.OWN, Arn.here("events", "event-bus/default"), payload);
        }
    }
}

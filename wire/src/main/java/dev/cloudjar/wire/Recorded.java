package dev.cloudjar.wire;

import dev.cloudjar.kernel.World;

/// Meters the call. What it changed is in the journal already, with the call that changed it.
final class Recorded implements Stage {
    private final World world;

    Recorded(World world) {
        this.world = world;
    }

    @Override
    public void run(Exchange exchange) {
        exchange.call().run(() -> {
            world.meter().count(exchange.operation().service().id(), "Requests", 1);
            return true;
        });
    }
}

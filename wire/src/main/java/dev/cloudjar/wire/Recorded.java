package dev.cloudjar.wire;

import dev.cloudjar.kernel.World;

/// Meters the call and remembers it for a while. What it changed is in the journal already, with the call that
/// changed it.
final class Recorded implements Stage {
    private final World world;
    private final CallLog calls;

    Recorded(World world, CallLog calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public void run(Exchange exchange) {
        exchange.call().run(() -> {
            world.meter().count(exchange.operation().service().id(), "Requests", 1);
            return true;
        });
        calls.add(exchange, "");
    }
}

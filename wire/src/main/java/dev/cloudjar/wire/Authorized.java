package dev.cloudjar.wire;

import dev.cloudjar.kernel.World;

/// Asks whether the principal may do this. What is not built yet refuses by itself.
final class Authorized implements Stage {
    private final World world;

    Authorized(World world) {
        this.world = world;
    }

    @Override
    public void run(Exchange exchange) {
        exchange.bound()
                .ifPresent(bound -> world.policy()
                        .authorize(exchange.call(), bound.service(), exchange.operation(), exchange.input()));
    }
}

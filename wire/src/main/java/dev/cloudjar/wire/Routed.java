package dev.cloudjar.wire;

import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.route.Router;
import dev.cloudjar.wire.route.Routing;
import java.io.IOException;
import java.util.Set;

/// Finds which operation of which service is meant, and in which protocol.
final class Routed implements Stage {
    private static final AwsError.Code NOT_ENABLED = AwsError.Code.of("ServiceUnavailable", 501);

    private final Router router;
    private final World world;
    private final Set<String> enabled;

    Routed(Schemata schemata, World world, Set<String> enabled) {
        this.router = new Router(schemata.catalog(), schemata::of);
        this.world = world;
        this.enabled = enabled;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        switch (router.route(exchange.request())) {
            case Routing.Route route -> {
                exchange.route(route);
                exchange.request(route.request());
                String service = route.operation().service().id();
                if (!enabled.isEmpty() && !enabled.contains(service)) {
                    throw NOT_ENABLED.because(
                            "This cloud was started with --services, and %s is not among them.", service);
                }
                exchange.bound(world.service(service));
            }
            case Routing.Refused refused ->
                throw new Pipeline.Refused(
                        refused.error(),
                        refused.protocol(),
                        refused.service().map(ServiceSchema.Facts::id).orElse("sts"));
        }
    }
}

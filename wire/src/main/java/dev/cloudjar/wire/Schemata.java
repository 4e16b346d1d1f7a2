package dev.cloudjar.wire;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The schema of every service, opened when first needed and then kept: a built service's own, which makes its typed
/// values, else a plain one.
public final class Schemata {
    private final World world;
    private final List<ServiceSchema.Facts> catalog = Schemas.catalog();
    private final Map<String, ServiceSchema> opened = new ConcurrentHashMap<>();

    public Schemata(World world) {
        this.world = world;
    }

    public List<ServiceSchema.Facts> catalog() {
        return catalog;
    }

    public ServiceSchema of(String service) {
        ServiceSchema known = opened.get(service);
        return known != null ? known : opened.computeIfAbsent(service, this::open);
    }

    private ServiceSchema open(String service) {
        return world.service(service).map(Bound::schema).orElseGet(() -> Schemas.open(service));
    }
}

package dev.cloudjar.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The services of a world, by their ids. Each is made, and its operations bound, when it is first asked for.
final class Roster {
    private final World world;
    private final Map<String, Service.Entry> entries;
    /// Which service offers a port.
    private final Map<Class<?>, String> ports = new HashMap<>();
    private final Map<String, Bound> bound = new ConcurrentHashMap<>();

    Roster(World world, List<Service.Entry> services) {
        this.world = world;
        this.entries = services.stream().collect(Collectors.toMap(Service.Entry::id, Function.identity()));
        services.forEach(entry -> entry.ports().forEach(port -> ports.put(port, entry.id())));
    }

    List<Service.Entry> entries() {
        return List.copyOf(entries.values());
    }

    boolean has(String service) {
        return entries.containsKey(service);
    }

    Optional<Bound> service(String id) {
        Bound made = bound.get(id);
        Service.Entry entry = entries.get(id);
        if (made != null || entry == null) {
            return Optional.ofNullable(made);
        }
        return Optional.of(bound.computeIfAbsent(
                id, name -> new Bound(entry.make().apply(new Kernel(world, name)), world.transactions())));
    }

    <P> Optional<P> port(Class<P> port) {
        return Optional.ofNullable(ports.get(port))
                .map(id -> service(id).orElseThrow().service().port(port));
    }

    /// What services declare, by the id of the service.
    <T> Map<String, List<T>> declared(Function<Service, List<T>> what) {
        var declared = new HashMap<String, List<T>>();
        entries.keySet()
                .forEach(id ->
                        declared.put(id, what.apply(service(id).orElseThrow().service())));
        return declared;
    }

    /// The ids of the services whose resources' ARNs look like this one.
    List<String> owners(Arn arn) {
        return entries.values().stream()
                .filter(entry -> entry.inArns().equals(arn.service()))
                .map(Service.Entry::id)
                .sorted()
                .toList();
    }
}

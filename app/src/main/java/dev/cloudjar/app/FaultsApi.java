package dev.cloudjar.app;

import dev.cloudjar.kernel.Failures;
import dev.cloudjar.kernel.World;
import dev.cloudjar.wire.fault.Fault;
import dev.cloudjar.wire.fault.Fault.Chance;
import dev.cloudjar.wire.fault.Fault.Effect;
import dev.cloudjar.wire.fault.Fault.Refused;
import dev.cloudjar.wire.fault.Fault.Reset;
import dev.cloudjar.wire.fault.Fault.Slow;
import dev.cloudjar.wire.fault.Fault.Target;
import dev.cloudjar.wire.fault.Fault.Throttled;
import dev.cloudjar.wire.fault.Faults;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The part of the admin API that is about what goes wrong: faults on purpose under `/_cloudjar/faults`, and
/// what could not be delivered under `/_cloudjar/deliveries`.
final class FaultsApi {
    private static final String FAULTS = "/_cloudjar/faults";
    private static final int MOST_FAILURES = 100;
    private static final Set<String> KNOWN = Set.of(
            "id",
            "service",
            "operation",
            "account",
            "region",
            "resource",
            "chance",
            "seed",
            "times",
            "error",
            "message",
            "status",
            "effect",
            "delay");

    private final World world;
    private final Faults faults;

    FaultsApi(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    /// The answer, or nothing where the request is about something else.
    Optional<HttpResponse> answer(HttpRequest request) throws IOException {
        String path = request.path();
        boolean one = path.startsWith(FAULTS + '/');
        return switch (request.method() + ' ' + (one ? FAULTS + "/*" : path)) {
            case "GET /_cloudjar/faults" -> json(list());
            case "POST /_cloudjar/faults" -> json(add(Json.read(request)));
            case "DELETE /_cloudjar/faults" -> json(removeAll());
            case "DELETE /_cloudjar/faults/*" -> json(remove(path.substring(FAULTS.length() + 1)));
            case "GET /_cloudjar/deliveries" -> json(deliveries());
            default -> Optional.empty();
        };
    }

    private static Optional<HttpResponse> json(Map<String, ?> object) {
        return Optional.of(HttpResponse.of(200, "application/json", Json.write(object)));
    }

    private Map<String, Object> list() {
        return Map.of(
                "faults",
                faults.all().entrySet().stream()
                        .map(entry -> shown(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private Map<String, Object> add(Map<String, String> asked) {
        asked.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("A fault has no '" + name + "'.");
                });
        var target = new Target(
                asked.getOrDefault("service", "*"),
                asked.getOrDefault("operation", "*"),
                asked.getOrDefault("account", "*"),
                asked.getOrDefault("region", "*"),
                asked.getOrDefault("resource", "*"));
        var chance = new Chance(
                rate(asked.getOrDefault("chance", "1")),
                number("seed", asked.getOrDefault("seed", "0")),
                number("times", asked.getOrDefault("times", "0")));
        String id = asked.getOrDefault("id", world.ids().hex("fault-", 8));
        var fault = new Fault(id, target, chance, effect(asked));
        faults.add(fault);
        return shown(fault, 0);
    }

    private static Effect effect(Map<String, String> asked) {
        String error = asked.getOrDefault("error", "");
        if (!error.isEmpty()) {
            String status = asked.getOrDefault("status", Integer.toString(Faults.status(error)));
            return new Refused(error, asked.getOrDefault("message", "A fault that was asked for."), (int)
                    number("status", status));
        }
        return switch (asked.getOrDefault("effect", "")) {
            case "throttle" -> new Throttled();
            case "reset" -> new Reset();
            case "slow" -> new Slow(ClockApi.duration(asked.getOrDefault("delay", "1s")));
            default ->
                throw new IllegalArgumentException(
                        "Say which 'error' a call gets, or as 'effect' one of throttle, reset, slow.");
        };
    }

    private static double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate > 0 && rate <= 1) {
                return rate;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "'chance' is a number above 0 and up to 1, not '" + text + "'.", notANumber);
        }
        throw new IllegalArgumentException("'chance' is a number above 0 and up to 1, not '" + text + "'.");
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + name + "' is a whole number, not '" + text + "'.", notANumber);
        }
    }

    private Map<String, Object> removeAll() {
        List<Fault> all = List.copyOf(faults.all().keySet());
        all.forEach(fault -> faults.remove(fault.key()));
        return Map.of("removed", all.size());
    }

    private Map<String, Object> remove(String id) {
        if (!faults.remove(id)) {
            throw new IllegalArgumentException("There is no fault '" + id + "'.");
        }
        return Map.of("removed", 1);
    }

    private static Map<String, Object> shown(Fault fault, long hits) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", fault.key());
        Target target = fault.target();
        shown.put("service", target.service());
        shown.put("operation", target.operation());
        shown.put("account", target.account());
        shown.put("region", target.region());
        shown.put("resource", target.resource());
        shown.put("chance", fault.chance().rate());
        shown.put("seed", fault.chance().seed());
        shown.put("times", fault.chance().times());
        switch (fault.effect()) {
            case Refused refused -> {
                shown.put("error", refused.code());
                shown.put("message", refused.message());
                shown.put("status", refused.status());
            }
            case Throttled _ -> shown.put("effect", "throttle");
            case Reset _ -> shown.put("effect", "reset");
            case Slow slow -> {
                shown.put("effect", "slow");
                shown.put("delay", slow.by().toString());
            }
        }
        shown.put("hits", hits);
        return shown;
    }

    private Map<String, Object> deliveries() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("onTheirWay", world.asKernel(() -> world.deliveries().onTheirWay()));
        shown.put(
                "failures",
                world.asKernel(() -> world.failures().latest(MOST_FAILURES)).stream()
                        .map(FaultsApi::shown)
                        .toList());
        return shown;
    }

    private static Map<String, Object> shown(Failures.Row row) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("at", row.at().toString());
        shown.put("what", row.failure().what());
        shown.put("why", row.failure().why());
        shown.put("payload", row.failure().payload());
        shown.put("attempts", row.failure().attempts());
        return shown;
    }
}

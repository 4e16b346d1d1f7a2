package dev.cloudjar.app;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Rulings;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.CallLog;
import dev.cloudjar.wire.Schemata;
import dev.cloudjar.wire.fault.Faults;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The admin API under `/_cloudjar/`, and the part of LocalStack's under `/_localstack/` that tools ask for.
final class Admin {
    private static final String VERSION = Optional.ofNullable(
                    Admin.class.getPackage().getImplementationVersion())
            .orElse("0.1.0");

    private final World world;
    private final Schemata schemata;
    private final CallLog calls;
    private final InitHooks hooks;
    private final ClockApi clock;
    private final StateApi state;
    private final Branches branches;
    private final DecisionsApi decisions;
    private final FaultsApi faults;
    private final TestingApi testing;

    /// What it shows besides the world itself, and what it lets go wrong.
    record Views(CallLog calls, Branches branches, InitHooks hooks, Rulings rulings, Faults faults) {}

    Admin(World world, Schemata schemata, Views views) {
        this.world = world;
        this.schemata = schemata;
        this.calls = views.calls();
        this.hooks = views.hooks();
        this.clock = new ClockApi(world);
        this.state = new StateApi(world);
        this.branches = views.branches();
        this.decisions = new DecisionsApi(views.rulings());
        this.faults = new FaultsApi(world, views.faults());
        this.testing = new TestingApi(world);
    }

    static boolean isFor(HttpRequest request) {
        return request.path().startsWith("/_cloudjar/") || request.path().startsWith("/_localstack/");
    }

    HttpResponse answer(HttpRequest request) throws IOException {
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /_cloudjar/health", "GET /_localstack/health", "HEAD /_localstack/health" -> json(health());
                case "GET /_cloudjar/coverage" -> json(coverage());
                case "GET /_cloudjar/calls" -> json(calls());
                case "GET /_cloudjar/clock" -> json(clock.show());
                case "POST /_cloudjar/clock" -> json(clock.move(Json.read(request)));
                case "POST /_cloudjar/reset", "POST /_localstack/state/reset" -> reset();
                case "GET /_localstack/info" -> json(info());
                case "GET /_localstack/init" -> json(hooks.show());
                case "GET /_localstack/init/boot",
                        "GET /_localstack/init/start",
                        "GET /_localstack/init/ready",
                        "GET /_localstack/init/shutdown" ->
                    json(hooks.show(request.path().substring("/_localstack/init/".length())));
                case "GET /_cloudjar/openapi.json" -> openApi();
                case "GET /_cloudjar/branches" -> json(branches.list());
                case "POST /_cloudjar/branches" -> json(branches.open(Json.read(request)));
                default -> more(request);
            };
        } catch (IllegalArgumentException mistaken) {
            return problem(400, String.valueOf(mistaken.getMessage()));
        }
    }

    private HttpResponse more(HttpRequest request) throws IOException {
        Optional<HttpResponse> answer = branch(request);
        if (answer.isEmpty()) {
            answer = faults.answer(request);
        }
        if (answer.isEmpty()) {
            answer = testing.answer(request);
        }
        if (answer.isEmpty() && request.path().startsWith("/_cloudjar/")) {
            answer = state.answer(request);
        }
        return answer.or(() -> decisions.answer(request))
                .orElseGet(() -> problem(404, "There is no " + request.method() + " " + request.path() + "."));
    }

    private Optional<HttpResponse> branch(HttpRequest request) throws IOException {
        String[] path = request.path().split("/", -1);
        if (path.length < 4 || !path[2].equals("branches")) {
            return Optional.empty();
        }
        String name = URLDecoder.decode(path[3], StandardCharsets.UTF_8);
        return switch (request.method() + (path.length > 4 ? " " + path[4] : "")) {
            case "DELETE" -> Optional.of(json(branches.delete(name)));
            case "POST stop" -> Optional.of(json(branches.stop(name)));
            case "POST start" -> Optional.of(json(branches.start(name)));
            default -> Optional.empty();
        };
    }

    private static HttpResponse openApi() throws IOException {
        try (InputStream text = Admin.class.getResourceAsStream("openapi.json")) {
            return HttpResponse.of(
                    200,
                    "application/json",
                    new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private HttpResponse reset() {
        world.reset();
        calls.clear();
        return json(Map.of("reset", true));
    }

    private Map<String, Object> health() {
        var services = new LinkedHashMap<String, String>();
        Services.ALL.forEach(entry -> services.put(entry.id(), "available"));
        var health = new LinkedHashMap<String, Object>();
        health.put("services", services);
        health.put("edition", "cloudjar");
        health.put("version", VERSION);
        return health;
    }

    private Map<String, Object> info() {
        var info = new LinkedHashMap<String, Object>();
        info.put("version", VERSION);
        info.put("edition", "cloudjar");
        info.put("is_license_activated", false);
        info.put("session_id", world.ids().uuid());
        info.put("system", System.getProperty("os.name"));
        return info;
    }

    private Map<String, Object> calls() {
        return Map.of("calls", calls.latest().stream().map(Admin::call).toList());
    }

    private static Map<String, String> call(CallLog.Entry entry) {
        var call = new LinkedHashMap<String, String>();
        call.put("requestId", entry.requestId());
        call.put("at", entry.at().toString());
        call.put("service", entry.service());
        call.put("operation", entry.operation());
        call.put("account", entry.account());
        call.put("region", entry.region());
        call.put("caller", entry.caller());
        call.put("error", entry.error());
        return call;
    }

    private Map<String, Object> coverage() throws IOException {
        var services = new LinkedHashMap<String, Object>();
        for (ServiceSchema.Facts facts : schemata.catalog()) {
            services.put(facts.id(), coverage(facts));
        }
        var coverage = new LinkedHashMap<String, Object>();
        coverage.put("families", Cards.families());
        coverage.put("totals", Cards.totals());
        coverage.put("services", services);
        return coverage;
    }

    private Map<String, Object> coverage(ServiceSchema.Facts facts) throws IOException {
        List<OperationSchema> operations = schemata.of(facts.id()).operations();
        Optional<Bound> bound = world.service(facts.id());
        List<String> built = operations.stream()
                .filter(operation -> bound.isPresent() && bound.get().implementsOperation(operation))
                .map(OperationSchema::name)
                .toList();
        var card = new LinkedHashMap<String, Object>();
        card.put("name", facts.fullName());
        card.put("operations", operations.size());
        card.put("built", built.size());
        card.put("operationsBuilt", built);
        Cards.page(Optional.of(facts.id())).ifPresent(page -> card.put("cards", Cards.operations(page)));
        return card;
    }

    private static HttpResponse json(Map<String, ?> object) {
        return HttpResponse.of(200, "application/json", Json.write(object));
    }

    private static HttpResponse problem(int status, String message) {
        return HttpResponse.of(status, "application/json", Json.write(Map.of("message", message)));
    }
}

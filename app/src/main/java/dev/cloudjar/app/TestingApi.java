package dev.cloudjar.app;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Events;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Delegations;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The part of the admin API that tests ask for: credentials of any role under `/_cloudjar/sessions`, MFA
/// devices under `/_cloudjar/mfa`, templates of partners under `/_cloudjar/delegation-templates`, what services
/// have told EventBridge under `/_cloudjar/events`, and who contributes most under `/_cloudjar/contributors`.
final class TestingApi {
    /// Tests move the clock on by years.
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final World world;

    TestingApi(World world) {
        this.world = world;
    }

    /// The answer, or nothing where the request is about something else.
    Optional<HttpResponse> answer(HttpRequest request) throws IOException {
        return switch (request.method() + ' ' + request.path()) {
            case "POST /_cloudjar/sessions" -> json(session(Json.read(request)));
            case "POST /_cloudjar/mfa" -> json(enrolled(Json.read(request)));
            case "POST /_cloudjar/delegation-templates" -> json(template(Json.read(request)));
            case "GET /_cloudjar/contributors" -> json(new ContributorsApi(world).show());
            case "GET /_cloudjar/events" ->
                json(Map.of(
                        "events",
                        world.events().latest().stream().map(TestingApi::shown).toList()));
            default -> Optional.empty();
        };
    }

    private static Optional<HttpResponse> json(Map<String, ?> object) {
        return Optional.of(HttpResponse.of(200, "application/json", Json.write(object)));
    }

    private Map<String, Object> session(Map<String, String> asked) {
        String arn = StateApi.required(asked, "role");
        String name = asked.getOrDefault("name", "test");
        Arn role = Arn.parse(arn).orElseThrow(() -> new IllegalArgumentException("'" + arn + "' is no ARN."));
        Roles roles =
                world.port(Roles.class).orElseThrow(() -> new IllegalArgumentException("Nobody here knows of roles."));
        try {
            Roles.Credentials made = world.asKernel(() -> roles.session(role, name, NEVER));
            var shown = new LinkedHashMap<String, Object>();
            shown.put("arn", made.principal().arn());
            shown.put("accessKeyId", made.accessKeyId());
            shown.put("secretAccessKey", made.secret());
            shown.put("sessionToken", made.token());
            return shown;
        } catch (AwsError refused) {
            throw new IllegalArgumentException(refused.message(), refused);
        }
    }

    /// MFA devices that no operation of IAM's brings: the root's, a hardware token, or a security key.
    private Map<String, Object> enrolled(Map<String, String> asked) {
        Mfa mfa = port(Mfa.class);
        Optional<String> user = Optional.ofNullable(asked.get("user"));
        String kind = asked.getOrDefault("kind", "root");
        Mfa.Enrolled made = inAccount(asked, () -> switch (kind) {
            case "root" -> mfa.enrollRoot();
            case "token" -> mfa.knowToken(StateApi.required(asked, "serial"), Optional.ofNullable(asked.get("seed")));
            case "key" -> mfa.enrollKey(user, StateApi.required(asked, "name"));
            default -> throw new IllegalArgumentException("'" + kind + "' is no kind of device: root, token or key.");
        });
        var shown = new LinkedHashMap<String, Object>();
        shown.put("serial", made.serial());
        made.seed().ifPresent(seed -> shown.put("seed", seed));
        return shown;
    }

    /// A policy template of a partner, which AWS registers when it onboards one.
    private Map<String, Object> template(Map<String, String> asked) {
        String arn = StateApi.required(asked, "arn");
        String template = StateApi.required(asked, "template");
        return inAccount(asked, () -> {
            port(Delegations.class).know(arn, template);
            return Map.of("arn", arn);
        });
    }

    private <P> P port(Class<P> port) {
        return world.port(port).orElseThrow(() -> new IllegalArgumentException("There is no IAM here."));
    }

    private <R> R inAccount(Map<String, String> asked, Supplier<R> work) {
        String account = asked.getOrDefault("account", world.settings().account());
        try {
            return world.asKernel(() -> {
                Call here = Call.current();
                return here.in(account, here.region()).run(work::get);
            });
        } catch (AwsError refused) {
            throw new IllegalArgumentException(refused.message(), refused);
        }
    }

    private static Map<String, Object> shown(Events.Told told) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("at", told.at().toString());
        shown.put("source", told.event().source());
        shown.put("detailType", told.event().detailType());
        shown.put("account", told.account());
        shown.put("region", told.region());
        shown.put(
                "resources",
                told.event().resources().stream().map(Arn::toString).toList());
        shown.put("detail", told.event().detail());
        return shown;
    }
}

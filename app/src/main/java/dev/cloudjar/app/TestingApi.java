package dev.cloudjar.app;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Events;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The part of the admin API that tests ask for: credentials of any role under `/_cloudjar/sessions`, and what
/// services have told EventBridge under `/_cloudjar/events`.
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

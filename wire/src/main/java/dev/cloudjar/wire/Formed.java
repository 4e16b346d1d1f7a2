package dev.cloudjar.wire;

import dev.cloudjar.wire.auth.Authenticator;
import dev.cloudjar.wire.form.FormUpload;
import dev.cloudjar.wire.route.Routing.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Takes a browser's form apart: who signed it, and the object that it puts. All other requests pass.
final class Formed implements Stage {
    private final Authenticator authenticator;
    private final InstantSource signatureClock;

    Formed(Authenticator authenticator, InstantSource signatureClock) {
        this.authenticator = authenticator;
        this.signatureClock = signatureClock;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        Route route = exchange.route();
        if (!route.isForm()) {
            return;
        }
        FormUpload form = FormUpload.of(exchange.request(), route.labels().getOrDefault("Bucket", ""));
        exchange.identity(authenticator.authenticateForm(form.form(), exchange.request(), signatureClock.instant()));
        exchange.form(form);
        Map<String, String> labels = new HashMap<>(route.labels());
        labels.put(
                "Key",
                java.net.URLEncoder.encode(form.key(), java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20"));
        exchange.request(form.put(exchange.request()));
        exchange.route(new Route(route.operation(), route.protocol(), labels, route.region(), exchange.request()));
    }
}

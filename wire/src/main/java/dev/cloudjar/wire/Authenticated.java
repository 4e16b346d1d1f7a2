package dev.cloudjar.wire;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Endpoints;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Regions;
import dev.cloudjar.kernel.World;
import dev.cloudjar.wire.auth.Authenticator;
import dev.cloudjar.wire.auth.Identity;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Finds out who calls, and from that, in which account and region.
final class Authenticated implements Stage {
    private final Authenticator authenticator;
    private final Principals principals;
    private final World world;
    private final InstantSource signatureClock;

    Authenticated(Authenticator authenticator, Principals principals, World world, InstantSource signatureClock) {
        this.authenticator = authenticator;
        this.principals = principals;
        this.world = world;
        this.signatureClock = signatureClock;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        Identity identity = identity(exchange);
        Principal principal = principal(identity);
        boolean nobody = principal.account().equals(Principal.anonymous().account());
        String account = nobody ? world.settings().account() : principal.account();
        String region = region(identity)
                .or(() -> exchange.route().region())
                .orElse(world.settings().region());
        if (identity instanceof Identity.Signed signed && isClosed(account, region, signed)) {
            throw Authenticator.unknownKey(exchange.route().endpoint(), signed.accessKeyId());
        }
        exchange.call(Call.of(principal, account, region, request(exchange))
                .knowing(new RequestFacts(exchange.request(), identity, endpoint(exchange), signatureClock.instant())));
        if (identity instanceof Identity.Signed signed && signed.rootOf().isEmpty()) {
            principals.used(
                    signed.accessKeyId(),
                    principal,
                    exchange.operation().service().facts().signingName(),
                    region);
        }
    }

    /// Whether the account's keys are not known in the region: it has disabled it, or never enabled it. Keys
    /// that nobody issued are good everywhere until a region is disabled.
    private boolean isClosed(String account, String region, Identity.Signed signed) {
        return Regions.ON_DEMAND.contains(region)
                && world.port(Regions.class)
                        .flatMap(regions -> world.asKernel(() -> regions.choice(account, region)))
                        .map(enabled -> !enabled)
                        .orElse(signed.rootOf().isEmpty());
    }

    /// The VPC endpoint by which the request came, in a world with a network.
    private Optional<Endpoints.Endpoint> endpoint(Exchange exchange) {
        return world.port(Endpoints.class)
                .flatMap(network -> network.between(
                        exchange.request().peer().address().getHostAddress(),
                        exchange.operation().service().facts().signingName()));
    }

    /// Who signed the request, or the form that it came as.
    private Identity identity(Exchange exchange) throws IOException {
        if (exchange.vouched().isPresent()) {
            return exchange.vouched().get();
        }
        var authenticated =
                authenticator.authenticate(exchange.request(), exchange.route().endpoint(), signatureClock.instant());
        exchange.request(authenticated.request());
        return authenticated.identity();
    }

    private Call.Request request(Exchange exchange) {
        HttpRequest request = exchange.request();
        String scheme = request.peer().secure() ? "https://" : "http://";
        return new Call.Request(
                exchange.operation().service().id(),
                exchange.form().isPresent()
                        ? "PostObject"
                        : exchange.operation().name(),
                exchange.requestId(),
                world.time().now(),
                scheme + request.host());
    }

    private Principal principal(Identity identity) {
        return switch (identity) {
            case Identity.Signed signed ->
                signed.rootOf()
                        .map(Principal::root)
                        .orElseGet(() -> principals.of(signed.accessKeyId(), signed.sessionToken()));
            case Identity.Anonymous anonymous ->
                anonymous.rootOf().map(Principal::root).orElseGet(Principal::anonymous);
            case Identity.Bearer _ -> Principal.anonymous();
        };
    }

    private static Optional<String> region(Identity identity) {
        return identity instanceof Identity.Signed signed ? signed.region() : Optional.empty();
    }
}

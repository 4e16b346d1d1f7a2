package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.WebTokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Outbound web identity federation: whether an account vouches for its principals towards others, under which
/// issuer, and with which keys. The issuer stays the same once there is one.
final class OutboundTokens implements Iam, WebTokens {
    private static final String HOST = ".tokens.sts.global.api.aws";

    /// What an account signs with, by its number.
    record Outbound(String key, String host, boolean enabled, List<TokenKey> keys) implements Row<String> {
        Outbound with(boolean other) {
            return new Outbound(key, host, other, keys);
        }
    }

    private final Kernel kernel;
    private final Table<String, Outbound> accounts;

    OutboundTokens(Kernel kernel) {
        this.kernel = kernel;
        this.accounts = kernel.table(Outbound.class, Scope.WORLD);
    }

    private Optional<Outbound> mine() {
        return kernel.transact(() -> accounts.find(Call.current().account()));
    }

    private static String url(Outbound outbound) {
        return "https://" + outbound.host();
    }

    @OutsideTransaction
    @Override
    public EnableOutboundWebIdentityFederationResponse enableOutboundWebIdentityFederation(
            EnableOutboundWebIdentityFederationRequest in) {
        List<TokenKey> keys = mine().map(Outbound::keys).orElseGet(this::newKeys);
        Outbound enabled = kernel.transact(() -> {
            Outbound known = mine().orElseGet(() ->
                    new Outbound(Call.current().account(), kernel.ids().uuid() + HOST, false, keys));
            if (known.enabled()) {
                throw FEATURE_ENABLED_EXCEPTION.because(
                        "Outbound web identity federation is already enabled for this account.");
            }
            return accounts.put(known.with(true));
        });
        return new EnableOutboundWebIdentityFederationResponse().issuerIdentifier(url(enabled));
    }

    private List<TokenKey> newKeys() {
        return List.of(TokenKey.generate(kernel, "RS256"), TokenKey.generate(kernel, "ES384"));
    }

    private Outbound enabled() {
        return mine().filter(Outbound::enabled)
                .orElseThrow(() -> FEATURE_DISABLED_EXCEPTION.because(
                        "Outbound web identity federation is not enabled for this account."));
    }

    @Override
    public DisableOutboundWebIdentityFederationResponse disableOutboundWebIdentityFederation(
            DisableOutboundWebIdentityFederationRequest in) {
        accounts.put(enabled().with(false));
        return new DisableOutboundWebIdentityFederationResponse();
    }

    @Override
    public GetOutboundWebIdentityFederationInfoResponse getOutboundWebIdentityFederationInfo(
            GetOutboundWebIdentityFederationInfoRequest in) {
        Outbound known = enabled();
        return new GetOutboundWebIdentityFederationInfoResponse()
                .issuerIdentifier(url(known))
                .jwtVendingEnabled(true);
    }

    @Override
    public Optional<String> issuer() {
        return mine().filter(Outbound::enabled).map(OutboundTokens::url);
    }

    @Override
    public String sign(String algorithm, String claims) {
        TokenKey key = enabled().keys().stream()
                .filter(each -> each.algorithm().equals(algorithm))
                .findFirst()
                .orElseThrow();
        String header = Json.write(Map.of("alg", algorithm, "kid", key.id(), "typ", "JWT"));
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return signed + '.' + encoded(key.sign(kernel, signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public Optional<String> keySet(String host) {
        return kernel.transact(() -> accounts.rows(Span.ALL)
                        .filter(each -> each.host().equals(host))
                        .findFirst())
                .map(found -> {
                    var keys = new ArrayList<Map<String, String>>();
                    found.keys().forEach(key -> keys.add(key.published()));
                    return Json.write(Map.of("keys", keys));
                });
    }
}

package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.wire.auth.SecretKeys.SecretKey;
import dev.cloudjar.wire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Checks one claim against the key it names: token, scope, time, what is signed, and at last the signature.
final class SignatureCheck {
    private final HttpRequest request;
    private final Endpoint endpoint;
    private final Wording wording;
    private final Claim claim;

    SignatureCheck(HttpRequest request, Endpoint endpoint, Wording wording, Claim claim) {
        this.request = request;
        this.endpoint = endpoint;
        this.wording = wording;
        this.claim = claim;
    }

    void checkToken(SecretKey key, Instant now) {
        checkToken(wording, claim.scope().accessKeyId(), claim.sessionToken(), key, now);
    }

    /// A permanent key has no token; a temporary one is nothing without its own.
    static void checkToken(Wording wording, String accessKeyId, Optional<String> token, SecretKey key, Instant now) {
        String given = token.orElse("");
        String needed = key.sessionToken().orElse("");
        if (needed.isEmpty() && given.isEmpty()) {
            return;
        }
        if (given.isEmpty()) {
            throw wording.refuse(new Flaw.UnknownKey(accessKeyId));
        }
        byte[] givenBytes = given.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(givenBytes, needed.getBytes(StandardCharsets.UTF_8))) {
            throw wording.refuse(new Flaw.WrongToken(given));
        }
        if (key.expires().isPresent() && !now.isBefore(key.expires().get())) {
            throw wording.refuse(new Flaw.ExpiredToken(given));
        }
    }

    void checkScope() {
        CredentialScope scope = claim.scope();
        boolean presigned = claim.presigned();
        if (!scope.terminator().equals(CredentialScope.TERMINATOR)) {
            throw wording.refuse(new Flaw.WrongTerminator(scope.terminator(), presigned));
        }
        if (!endpoint.accepts(scope.service())) {
            throw wording.refuse(
                    new Flaw.WrongService(scope.service(), endpoint.service().signingName(), presigned));
        }
        endpoint.region().ifPresent(this::checkRegion);
        if (!claim.timestamp().startsWith(scope.date()) || scope.date().length() != 8) {
            throw wording.refuse(new Flaw.WrongDay(scope.date(), claim.timestamp(), presigned));
        }
    }

    private void checkRegion(String expected) {
        String given = claim.scope().region();
        boolean good =
                claim.algorithm() == Algorithm.ECDSA ? RegionSet.holds(request, expected) : given.equals(expected);
        if (!good) {
            throw wording.refuse(new Flaw.WrongRegion(given, expected, claim.presigned()));
        }
    }

    void checkTime(Instant now) {
        Instant at = claim.at();
        if (claim.expires().isPresent()) {
            checkExpiry(at, claim.expires().get(), now, wording);
        } else if (Duration.between(at, now).abs().compareTo(CommonWording.SKEW) > 0) {
            throw wording.refuse(new Flaw.Skewed(at, now));
        }
    }

    static void checkExpiry(Instant at, Duration lifetime, Instant now, Wording wording) {
        boolean early = at.minus(CommonWording.SKEW).isAfter(now);
        if (early || now.isAfter(at.plus(lifetime))) {
            throw wording.refuse(new Flaw.Expired(at, lifetime.toSeconds(), now));
        }
    }

    /// `host` and whatever begins with `x-amz-` must be signed, so that nobody can add to a request on its way.
    void checkSignedHeaders() {
        List<String> missing = new ArrayList<>();
        if (!claim.signs("host") && !claim.signs(":authority")) {
            missing.add("host");
        }
        request.headers().forEach((name, _) -> {
            if (name.regionMatches(true, 0, "x-amz-", 0, 6) && !mayStayUnsigned(name) && !claim.signs(name)) {
                missing.add(name.toLowerCase(Locale.ROOT));
            }
        });
        if (!missing.isEmpty()) {
            throw wording.refuse(new Flaw.UnsignedHeaders(missing));
        }
    }

    private boolean mayStayUnsigned(String header) {
        return header.equalsIgnoreCase("x-amz-content-sha256")
                || header.equalsIgnoreCase("x-amz-user-agent")
                || (claim.presigned() && header.equalsIgnoreCase("x-amz-date"));
    }

    void checkSignature(Seal seal, String payloadHash) {
        ByteText canonical = CanonicalRequest.of(request, claim, payloadHash, endpoint.isS3());
        var stringToSign = new ByteText(256)
                .add(claim.algorithm().wire())
                .add('\n')
                .add(claim.timestamp())
                .add('\n')
                .add(claim.scope().text())
                .add('\n')
                .add(Digests.hex(canonical.sha256()));
        if (!seal.matches(stringToSign.toBytes(), claim.signature())) {
            throw wording.refuse(new Flaw.WrongSignature(
                    claim.scope().accessKeyId(), claim.signature(), stringToSign.toString(), canonical.toString()));
        }
    }
}

package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.wire.auth.CredentialRules.Issued;
import dev.cloudjar.wire.auth.CredentialRules.Root;
import dev.cloudjar.wire.auth.CredentialRules.Unknown;
import dev.cloudjar.wire.auth.SecretKeys.SecretKey;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Finds out who sent a request. Refuses with the error that the service would answer; a body that is read later
/// refuses as it is read. Safe for concurrent use.
public final class Authenticator {
    private static final String FIRST_REGION = "us-east-1";

    private final SecretKeys keys;
    private final CredentialRules rules;
    private final SigningKeys signingKeys = new SigningKeys();
    private final Guesses guesses;

    public Authenticator(SecretKeys keys, CredentialRules rules) {
        this.keys = keys;
        this.rules = rules;
        this.guesses = new Guesses(keys);
    }

    public Authenticated authenticate(HttpRequest request, Endpoint endpoint, Instant now) throws IOException {
        return guarded(request, Wording.of(endpoint), now, () -> identified(request, endpoint, now));
    }

    /// A check of who it is.
    private interface Check<T> {
        T run() throws IOException;
    }

    /// In a strict cloud, whoever was wrong too often of late has to wait.
    private <T> T guarded(HttpRequest request, Wording wording, Instant now, Check<T> check) throws IOException {
        if (!rules.strict()) {
            return check.run();
        }
        if (guesses.areTooMany(request, now)) {
            throw wording.refuse(new Flaw.TooManyGuesses());
        }
        boolean right = false;
        try {
            T found = check.run();
            right = true;
            return found;
        } finally {
            if (!right) {
                guesses.note(request, now);
            }
        }
    }

    private Authenticated identified(HttpRequest request, Endpoint endpoint, Instant now) throws IOException {
        Wording wording = Wording.of(endpoint);
        String authorization = request.headers().get("Authorization").orElse("");
        if (endpoint.isS3() && !authorization.isEmpty() && isPresigned(request.query())) {
            throw wording.refuse(new Flaw.TwoSignatures(authorization));
        }
        if (authorization.startsWith("AWS4-")) {
            return version4(Parts.ofHeader(authorization, request.headers(), wording), request, endpoint, now);
        }
        if (!authorization.isEmpty()) {
            return otherwise(authorization, request, endpoint, now);
        }
        if (isPresigned(request.query())) {
            return version4(Parts.ofQuery(request, wording), request, endpoint, now);
        }
        if (endpoint.isS3() && SigV2.isPresigned(request.query())) {
            return version2(SigV2.ofQuery(request), request, endpoint, now);
        }
        return unsigned(request, endpoint);
    }

    /// Checks the form that `request` is, a browser's upload to S3, its field names in lower case: they sign
    /// the policy, not the request.
    public Identity authenticateForm(PostForm form, HttpRequest request, Instant now) throws IOException {
        return guarded(request, S3Wording.INSTANCE, now, () -> form.authenticate(keys, rules, signingKeys, now));
    }

    /// The refusal of a key that is not known where it is used.
    public static AwsError unknownKey(Endpoint endpoint, String accessKeyId) {
        return Wording.of(endpoint).refuse(new Flaw.UnknownKey(accessKeyId));
    }

    private static boolean isPresigned(String query) {
        boolean maybe = query.contains("X-Amz-") || query.contains("x-amz-");
        return maybe
                && (QueryText.getIgnoringCase(query, "X-Amz-Signature").isPresent()
                        || QueryText.getIgnoringCase(query, "X-Amz-Credential").isPresent()
                        || QueryText.getIgnoringCase(query, "X-Amz-Algorithm").isPresent());
    }

    private Authenticated version4(Parts parts, HttpRequest request, Endpoint endpoint, Instant now)
            throws IOException {
        Wording wording = Wording.of(endpoint);
        CredentialScope scope = parts.scope(wording);
        return switch (rules.of(scope.accessKeyId(), Optional.ofNullable(parts.token()), keys)) {
            case Root root -> {
                checkLifetime(parts, wording, now);
                checkRegion(scope, endpoint, parts, wording);
                yield done(identity(parts, scope, request, Optional.of(root.account())), request, endpoint);
            }
            case Unknown _ -> throw wording.refuse(new Flaw.UnknownKey(scope.accessKeyId()));
            case Issued issued -> verified(parts, issued.key(), request, endpoint, now);
        };
    }

    /// Nobody's secret is known, so the signature is taken as it is; but a URL that has expired has expired.
    private static void checkLifetime(Parts parts, Wording wording, Instant now) {
        Instant at = parts.date() == null ? null : AmzDate.parse(parts.date());
        if (parts.source().presigned() && at != null) {
            parts.expires(wording).ifPresent(lifetime -> SignatureCheck.checkExpiry(at, lifetime, now, wording));
        }
    }

    /// Clients that do not know S3's regions ask with a name of their own, and learn from the refusal which to
    /// use.
    private static void checkRegion(CredentialScope scope, Endpoint endpoint, Parts parts, Wording wording) {
        String region = scope.region();
        if (endpoint.isS3() && !region.isEmpty() && region.indexOf('-') < 0) {
            boolean presigned = parts.source().presigned();
            throw wording.refuse(new Flaw.WrongRegion(region, FIRST_REGION, presigned));
        }
    }

    private Authenticated verified(Parts parts, SecretKey key, HttpRequest request, Endpoint endpoint, Instant now)
            throws IOException {
        Wording wording = Wording.of(endpoint);
        Claim claim = parts.complete(wording, endpoint.isS3());
        boolean hashesBody = !endpoint.isS3() && !endpoint.hasUnsignedBody();
        HttpRequest whole = hashesBody ? PayloadHash.buffered(request) : request;
        String payloadHash =
                endpoint.isS3() ? PayloadHash.named(whole, claim, wording) : PayloadHash.computed(whole, endpoint);
        var check = new SignatureCheck(whole, endpoint, wording, claim);
        check.checkToken(key, now);
        check.checkScope();
        check.checkTime(now);
        check.checkSignedHeaders();
        Seal seal = seal(key, claim);
        check.checkSignature(seal, payloadHash);
        Identity identity = identity(parts, claim.scope(), whole, Optional.empty());
        return new Authenticated(
                identity,
                BodyIntake.of(whole, endpoint).unwrap(Optional.of(ChunkSignatures.after(claim, seal, wording))));
    }

    private Seal seal(SecretKey key, Claim claim) {
        return switch (claim.algorithm()) {
            case HMAC -> new Seal.Hmac(signingKeys.hmac(key.secret(), claim.scope()));
            case ECDSA ->
                new Seal.Ecdsa(signingKeys.publicKey(key.secret(), claim.scope().accessKeyId()));
        };
    }

    private static Identity identity(Parts parts, CredentialScope scope, HttpRequest request, Optional<String> rootOf) {
        return new Identity.Signed(
                scope.accessKeyId(),
                Optional.ofNullable(parts.token()),
                scope.region().isEmpty() ? RegionSet.single(request) : Optional.of(scope.region()),
                scope.service(),
                rootOf,
                parts.source().presigned());
    }

    private Authenticated otherwise(String authorization, HttpRequest request, Endpoint endpoint, Instant now)
            throws IOException {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return done(new Identity.Bearer(authorization.substring(7).strip()), request, endpoint);
        }
        if (endpoint.isS3() && authorization.startsWith("AWS ")) {
            return version2(SigV2.ofHeader(authorization, request), request, endpoint, now);
        }
        if (endpoint.isPublic() && !endpoint.isS3()) {
            return unsigned(request, endpoint);
        }
        throw Wording.of(endpoint).refuse(new Flaw.UnknownScheme(authorization));
    }

    private Authenticated version2(SigV2 signature, HttpRequest request, Endpoint endpoint, Instant now)
            throws IOException {
        Identity identity = signature.authenticate(keys, rules, endpoint, now);
        return done(identity, request, endpoint);
    }

    private Authenticated unsigned(HttpRequest request, Endpoint endpoint) throws IOException {
        if (endpoint.isPublic()) {
            return done(new Identity.Anonymous(Optional.empty()), request, endpoint);
        }
        if (rules.strict()) {
            throw Wording.of(endpoint).refuse(new Flaw.Unsigned());
        }
        return done(new Identity.Anonymous(Optional.of(rules.defaultAccount())), request, endpoint);
    }

    private static Authenticated done(Identity identity, HttpRequest request, Endpoint endpoint) throws IOException {
        return new Authenticated(identity, BodyIntake.of(request, endpoint).unwrap(Optional.empty()));
    }
}

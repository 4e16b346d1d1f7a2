package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.wire.auth.CredentialRules.Issued;
import dev.cloudjar.wire.auth.CredentialRules.Root;
import dev.cloudjar.wire.auth.CredentialRules.Unknown;
import dev.cloudjar.wire.auth.SecretKeys.SecretKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The fields of a browser's upload to S3 but its file. Whoever made the form signed its [PostPolicy], which says
/// until when and for what it is good; the size of the file is held to it by whoever reads that.
public final class PostForm {
    private static final Wording WORDING = S3Wording.INSTANCE;

    private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /// `bucket` is the one the form was sent to, which policies name like a field.
    public PostForm(Map<String, String> fields, String bucket) {
        this.fields.putAll(fields);
        this.fields.put("bucket", bucket);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// What was signed; a form that nobody signed has none.
    public Optional<PostPolicy> policy() {
        return field("policy").map(PostPolicy::parse);
    }

    Identity authenticate(SecretKeys keys, CredentialRules rules, SigningKeys signingKeys, Instant now) {
        boolean version4 = fields.containsKey("x-amz-signature") || fields.containsKey("x-amz-credential");
        if (!version4 && !fields.containsKey("AWSAccessKeyId")) {
            return new Identity.Anonymous(Optional.empty());
        }
        String text = needed("policy");
        CredentialScope scope = version4 ? scope() : scopeOfVersion2();
        Optional<String> rootOf = switch (rules.of(scope.accessKeyId(), token(), keys)) {
            case Root root -> Optional.of(root.account());
            case Unknown _ -> throw WORDING.refuse(new Flaw.UnknownKey(scope.accessKeyId()));
            case Issued issued -> {
                SignatureCheck.checkToken(WORDING, scope.accessKeyId(), token(), issued.key(), now);
                check(issued.key(), scope, text, version4 ? Optional.of(signingKeys) : Optional.empty());
                yield Optional.empty();
            }
        };
        PostPolicy.parse(text).check(fields, now);
        return new Identity.Signed(
                scope.accessKeyId(),
                token(),
                scope.region().isEmpty() ? Optional.empty() : Optional.of(scope.region()),
                "s3",
                rootOf,
                true);
    }

    private Optional<String> token() {
        return field("x-amz-security-token");
    }

    private CredentialScope scope() {
        String credential = needed("x-amz-credential");
        String algorithm = needed("x-amz-algorithm");
        if (!algorithm.equals(Algorithm.HMAC.wire())) {
            throw WORDING.refuse(new Flaw.BadAlgorithm(algorithm));
        }
        CredentialScope scope = CredentialScope.parse(credential, Algorithm.HMAC);
        if (scope == null) {
            throw WORDING.refuse(new Flaw.BadCredential(credential, true));
        }
        if (!scope.terminator().equals(CredentialScope.TERMINATOR)) {
            throw WORDING.refuse(new Flaw.WrongTerminator(scope.terminator(), true));
        }
        if (!needed("x-amz-date").startsWith(scope.date())) {
            throw WORDING.refuse(new Flaw.BadDate(needed("x-amz-date"), true));
        }
        return scope;
    }

    private CredentialScope scopeOfVersion2() {
        return new CredentialScope(needed("AWSAccessKeyId"), "", "", "s3", "");
    }

    private String needed(String name) {
        return field(name)
                .orElseThrow(() -> S3Error.of(
                                "InvalidArgument",
                                400,
                                "Bucket POST must contain a field named '" + name.toLowerCase(Locale.ROOT)
                                        + "'.  If it is specified, please check the order of the fields.")
                        .with("ArgumentName", name)
                        .toError());
    }

    private void check(SecretKey key, CredentialScope scope, String policy, Optional<SigningKeys> signingKeys) {
        byte[] text = policy.getBytes(StandardCharsets.UTF_8);
        String given = needed(signingKeys.isPresent() ? "x-amz-signature" : "signature");
        boolean right = signingKeys
                .map(derived -> new Seal.Hmac(derived.hmac(key.secret(), scope)).matches(text, given))
                .orElseGet(() -> matchesVersion2(key, text, given));
        if (!right) {
            throw WORDING.refuse(new Flaw.WrongSignature(scope.accessKeyId(), given, policy, ""));
        }
    }

    private static boolean matchesVersion2(SecretKey key, byte[] policy, String given) {
        byte[] expected = Digests.hmac("HmacSHA1", key.secret().getBytes(StandardCharsets.UTF_8))
                .doFinal(policy);
        return MessageDigest.isEqual(Base64.getEncoder().encode(expected), given.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.kms.Spec.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Encrypts and decrypts under keys, symmetric and asymmetric ones, and moves ciphertexts from one to another.
final class Encryption implements Kms {
    private static final String BY_DEFAULT = EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT;

    private final KeyRing ring;
    private final Use use;
    private final Symmetric symmetric;

    Encryption(Kernel kernel, KeyRing ring, Use use) {
        this.ring = ring;
        this.use = use;
        this.symmetric = new Symmetric(kernel.ids());
    }

    /// What a ciphertext opened to, and under which key and material.
    record Opened(Key key, Blob plaintext, Optional<String> material) {}

    /// What is to be opened: by which algorithm, in which context, under which key if the request names one.
    record Sealed(Blob ciphertext, String algorithm, Map<String, String> context, Optional<String> keyId) {}

    Use use() {
        return use;
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest in) {
        Key key = use.of(in, Usage.ENCRYPT_DECRYPT);
        String algorithm = in.encryptionAlgorithm().orElse(BY_DEFAULT);
        check(key, algorithm, in.encryptionContext(), in.plaintext());
        use.begin(in, key);
        return new EncryptResponse()
                .ciphertextBlob(seal(key, algorithm, in.encryptionContext(), in.plaintext()))
                .keyId(ring.arn(key).toString())
                .encryptionAlgorithm(algorithm);
    }

    private void check(Key key, String algorithm, Map<String, String> context, Blob plaintext) {
        Use.checkAlgorithm(key, algorithm);
        checkContext(key, context);
        Spec spec = key.nature().spec();
        if (spec != Spec.SYMMETRIC_DEFAULT && plaintext.size() > Pairs.longest(spec, algorithm)) {
            throw Refusals.INVALID.because(
                    "Algorithm %s and key spec %s cannot encrypt data larger than %d bytes.",
                    algorithm, spec, Pairs.longest(spec, algorithm));
        }
    }

    private static void checkContext(Key key, Map<String, String> context) {
        if (!context.isEmpty() && key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            throw Refusals.INVALID.because("EncryptionContext is not supported for asymmetric keys.");
        }
    }

    Blob seal(Key key, String algorithm, Map<String, String> context, Blob plaintext) {
        Material material = ring.current(key);
        if (key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            return Pairs.encrypt(key.nature().spec(), algorithm, material.publicKey(), plaintext);
        }
        var header = new Header(Call.current().account(), key.id(), material.id());
        return symmetric.encrypt(ring.open(material), header, context, plaintext);
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest in) {
        if (ignoresCiphertext(in.dryRun(), in.dryRunModifiers())) {
            use.begin(in, use.of(in, Usage.ENCRYPT_DECRYPT));
        }
        Blob ciphertext = in.ciphertextBlob().orElseThrow(() -> Encryption.missing("ciphertextBlob"));
        var sealed =
                new Sealed(ciphertext, in.encryptionAlgorithm().orElse(BY_DEFAULT), in.encryptionContext(), in.keyId());
        Opened opened = open(in, sealed);
        use.begin(in, opened.key());
        return new DecryptResponse()
                .plaintext(opened.plaintext())
                .keyId(ring.arn(opened.key()).toString())
                .encryptionAlgorithm(sealed.algorithm())
                .keyMaterialId(opened.material());
    }

    private static boolean ignoresCiphertext(Optional<Boolean> dryRun, List<String> modifiers) {
        return dryRun.orElse(false) && modifiers.contains(DryRunModifierType.IGNORE_CIPHERTEXT);
    }

    private static AwsError missing(String member) {
        return Refusals.INVALID.because(
                "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null",
                member);
    }

    private Opened open(Struct in, Sealed sealed) {
        if (sealed.algorithm().equals(BY_DEFAULT)) {
            return openSymmetric(in, sealed);
        }
        String name = sealed.keyId()
                .orElseThrow(() -> Refusals.INVALID.because(
                        "KeyId is required when the EncryptionAlgorithm is %s.", sealed.algorithm()));
        Key key = use.of(in, name, Usage.ENCRYPT_DECRYPT);
        Use.checkAlgorithm(key, sealed.algorithm());
        checkContext(key, sealed.context());
        Blob secret = ring.open(ring.current(key));
        Blob plaintext = Pairs.decrypt(key.nature().spec(), sealed.algorithm(), secret, sealed.ciphertext())
                .orElseThrow(() -> INVALID_CIPHERTEXT_EXCEPTION.because(""));
        return new Opened(key, plaintext, Optional.empty());
    }

    private Opened openSymmetric(Struct in, Sealed sealed) {
        Optional<Key> named = sealed.keyId().map(name -> use.of(in, name, Usage.ENCRYPT_DECRYPT));
        named.ifPresent(key -> Use.checkAlgorithm(key, sealed.algorithm()));
        Header header = Header.of(sealed.ciphertext()).orElseThrow(() -> INVALID_CIPHERTEXT_EXCEPTION.because(""));
        named.filter(key -> !key.id().equals(header.keyId())).ifPresent(_ -> {
            throw INCORRECT_KEY_EXCEPTION.because(
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        });
        Key key = named.orElseGet(() -> use.of(in, keyOf(header), Usage.ENCRYPT_DECRYPT));
        return open(key, header, sealed.context(), sealed.ciphertext());
    }

    /// The id of the key that a ciphertext names, if it is there.
    String keyOf(Header header) {
        return ring.shelf().find(header.keyId()).map(Key::id).orElseThrow(Refusals::unknownKey);
    }

    /// Opens what one of the materials of `key` has sealed.
    Opened open(Key key, Header header, Map<String, String> context, Blob ciphertext) {
        Material material =
                ring.material(key, header.material()).orElseThrow(() -> INVALID_CIPHERTEXT_EXCEPTION.because(""));
        Blob plaintext = symmetric.decrypt(ring.open(material), header, context, ciphertext);
        return new Opened(key, plaintext, Optional.of(material.id()));
    }

    @Override
    public ReEncryptResponse reEncrypt(ReEncryptRequest in) {
        Key to = use.of(in, in.destinationKeyId(), Usage.ENCRYPT_DECRYPT);
        String algorithm = in.destinationEncryptionAlgorithm().orElse(BY_DEFAULT);
        Use.checkAlgorithm(to, algorithm);
        if (ignoresCiphertext(in.dryRun(), in.dryRunModifiers())) {
            Use.checkDryRun(in);
        }
        Blob ciphertext = in.ciphertextBlob().orElseThrow(() -> Encryption.missing("ciphertextBlob"));
        var sealed = new Sealed(
                ciphertext,
                in.sourceEncryptionAlgorithm().orElse(BY_DEFAULT),
                in.sourceEncryptionContext(),
                in.sourceKeyId());
        Call source = sourceOf(in);
        Opened opened = source.run(() -> {
            Opened found = open(in, sealed);
            use.begin(in, found.key());
            return found;
        });
        check(to, algorithm, in.destinationEncryptionContext(), opened.plaintext());
        use.begin(in, to);
        boolean named = to.nature().spec() == Spec.SYMMETRIC_DEFAULT;
        return new ReEncryptResponse()
                .ciphertextBlob(seal(to, algorithm, in.destinationEncryptionContext(), opened.plaintext()))
                .keyId(ring.arn(to).toString())
                .destinationEncryptionAlgorithm(algorithm)
                .destinationKeyMaterialId(named ? Optional.of(ring.current(to).id()) : Optional.empty())
                .sourceKeyId(source.run(() -> ring.arn(opened.key()).toString()))
                .sourceEncryptionAlgorithm(sealed.algorithm())
                .sourceKeyMaterialId(opened.material());
    }

    /// This call in the account of the key that opens the ciphertext.
    private static Call sourceOf(ReEncryptRequest in) {
        Call call = Call.current();
        return in.sourceKeyId()
                .flatMap(Arn::parse)
                .map(Arn::account)
                .or(() -> in.ciphertextBlob().flatMap(Header::of).map(Header::account))
                .map(account -> call.in(account))
                .orElse(call);
    }
}

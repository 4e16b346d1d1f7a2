package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.kms.Spec.Usage;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Signatures, message authentication codes, shared secrets, and the public halves of keys.
final class Signatures implements Kms {
    private final KeyRing ring;
    private final Use use;
    private final Grants grants;

    Signatures(KeyRing ring, Use use, Grants grants) {
        this.ring = ring;
        this.use = use;
        this.grants = grants;
    }

    @Override
    public SignResponse sign(SignRequest in) {
        Key key = use.of(in, Usage.SIGN_VERIFY);
        Signer signer = signer(key, in.signingAlgorithm(), in.messageType(), in.message());
        use.begin(in, key);
        return new SignResponse()
                .keyId(ring.arn(key).toString())
                .signature(signer.sign(key.nature().spec(), ring.open(ring.current(key)), in.message()))
                .signingAlgorithm(in.signingAlgorithm());
    }

    private static Signer signer(Key key, String algorithm, Optional<String> type, Blob message) {
        Use.checkAlgorithm(key, algorithm);
        var signer = new Signer(algorithm, type.orElse(MessageType.RAW));
        signer.check(message);
        return signer;
    }

    @Override
    public VerifyResponse verify(VerifyRequest in) {
        Key key = use.of(in, Usage.SIGN_VERIFY);
        Signer signer = signer(key, in.signingAlgorithm(), in.messageType(), in.message());
        use.begin(in, key);
        if (!signer.verify(key.nature().spec(), ring.current(key).publicKey(), in.message(), in.signature())) {
            throw KMS_INVALID_SIGNATURE_EXCEPTION.because("");
        }
        return new VerifyResponse()
                .keyId(ring.arn(key).toString())
                .signatureValid(true)
                .signingAlgorithm(in.signingAlgorithm());
    }

    @Override
    public GenerateMacResponse generateMac(GenerateMacRequest in) {
        Key key = use.of(in, Usage.GENERATE_VERIFY_MAC);
        Use.checkAlgorithm(key, in.macAlgorithm());
        use.begin(in, key);
        return new GenerateMacResponse()
                .keyId(ring.arn(key).toString())
                .mac(mac(key, in.message()))
                .macAlgorithm(in.macAlgorithm());
    }

    @Override
    public VerifyMacResponse verifyMac(VerifyMacRequest in) {
        Key key = use.of(in, Usage.GENERATE_VERIFY_MAC);
        Use.checkAlgorithm(key, in.macAlgorithm());
        use.begin(in, key);
        if (!MessageDigest.isEqual(mac(key, in.message()).bytes(), in.mac().bytes())) {
            throw KMS_INVALID_MAC_EXCEPTION.because("");
        }
        return new VerifyMacResponse()
                .keyId(ring.arn(key).toString())
                .macValid(true)
                .macAlgorithm(in.macAlgorithm());
    }

    private Blob mac(Key key, Blob message) {
        return Symmetric.mac(key.nature().spec(), ring.open(ring.current(key)), message);
    }

    @Override
    public DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest in) {
        Key key = use.of(in, Usage.KEY_AGREEMENT);
        Spec spec = key.nature().spec();
        Blob secret = Pairs.agree(spec, ring.open(ring.current(key)), in.publicKey())
                .orElseThrow(() -> Refusals.INVALID.because("The public key is not a valid key of key spec %s.", spec));
        use.begin(in, key);
        return new DeriveSharedSecretResponse()
                .keyId(ring.arn(key).toString())
                .sharedSecret(secret)
                .keyAgreementAlgorithm(in.keyAgreementAlgorithm())
                .keyOrigin(key.nature().origin());
    }

    @Override
    public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest in) {
        grants.checkTokens(in.grantTokens());
        Key key = ring.named(in.keyId());
        Key.Nature nature = key.nature();
        if (nature.spec().isSymmetric()) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because(
                    "%s key spec is %s which is not valid for GetPublicKey.", ring.arn(key), nature.spec());
        }
        ring.checkEnabled(key);
        GetPublicKeyResponse told = new GetPublicKeyResponse()
                .keyId(ring.arn(key).toString())
                .publicKey(ring.current(key).publicKey())
                .keySpec(nature.spec().name())
                .customerMasterKeySpec(nature.spec().name())
                .keyUsage(nature.usage().name());
        List<String> algorithms = nature.spec().algorithms(nature.usage());
        return switch (nature.usage()) {
            case ENCRYPT_DECRYPT -> told.encryptionAlgorithms(algorithms);
            case SIGN_VERIFY -> told.signingAlgorithms(algorithms);
            case KEY_AGREEMENT -> told.keyAgreementAlgorithms(algorithms);
            case GENERATE_VERIFY_MAC -> told;
        };
    }
}

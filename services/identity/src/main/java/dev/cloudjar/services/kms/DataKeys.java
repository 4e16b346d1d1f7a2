package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import java.util.Map;
import java.util.Optional;

/// Data keys and pairs of data keys, encrypted under a key and, unless that is not wanted, in the clear; and
/// random bytes.
final class DataKeys implements Kms {
    private static final String ALGORITHM = EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT;

    /// A secret in the clear and sealed, under which key and material.
    private record Sealed(String keyArn, String material, Blob plaintext, Blob ciphertext) {}

    private final Kernel kernel;
    private final KeyRing ring;
    private final Use use;
    private final Encryption encryption;

    DataKeys(Kernel kernel, KeyRing ring, Use use, Encryption encryption) {
        this.kernel = kernel;
        this.ring = ring;
        this.use = use;
        this.encryption = encryption;
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest in) {
        Sealed made = dataKey(in, in.keySpec(), in.numberOfBytes(), in.encryptionContext());
        return new GenerateDataKeyResponse()
                .keyId(made.keyArn())
                .plaintext(made.plaintext())
                .ciphertextBlob(made.ciphertext())
                .keyMaterialId(made.material());
    }

    @Override
    public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest in) {
        Sealed made = dataKey(in, in.keySpec(), in.numberOfBytes(), in.encryptionContext());
        return new GenerateDataKeyWithoutPlaintextResponse()
                .keyId(made.keyArn())
                .ciphertextBlob(made.ciphertext())
                .keyMaterialId(made.material());
    }

    private Sealed dataKey(Struct in, Optional<String> spec, Optional<Integer> bytes, Map<String, String> context) {
        if (spec.isPresent() == bytes.isPresent()) {
            throw Refusals.INVALID.because("Please specify either number of bytes or key spec.");
        }
        int length =
                bytes.orElseGet(() -> spec.filter(DataKeySpec.AES_128::equals).isPresent() ? 16 : 32);
        Key key = use.symmetric(in);
        use.begin(in, key);
        return seal(key, Blob.of(kernel.ids().bytes(length)), context);
    }

    private Sealed seal(Key key, Blob plaintext, Map<String, String> context) {
        return new Sealed(
                ring.arn(key).toString(),
                ring.current(key).id(),
                plaintext,
                encryption.seal(key, ALGORITHM, context, plaintext));
    }

    @Override
    @OutsideTransaction
    public GenerateDataKeyPairResponse generateDataKeyPair(GenerateDataKeyPairRequest in) {
        Pairs.Pair pair = pair(in, in.keyPairSpec());
        Sealed made = sealed(in, pair, in.encryptionContext());
        return new GenerateDataKeyPairResponse()
                .keyId(made.keyArn())
                .keyPairSpec(in.keyPairSpec())
                .publicKey(pair.publicKey())
                .privateKeyPlaintext(made.plaintext())
                .privateKeyCiphertextBlob(made.ciphertext())
                .keyMaterialId(made.material());
    }

    @Override
    @OutsideTransaction
    public GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
            GenerateDataKeyPairWithoutPlaintextRequest in) {
        Pairs.Pair pair = pair(in, in.keyPairSpec());
        Sealed made = sealed(in, pair, in.encryptionContext());
        return new GenerateDataKeyPairWithoutPlaintextResponse()
                .keyId(made.keyArn())
                .keyPairSpec(in.keyPairSpec())
                .publicKey(pair.publicKey())
                .privateKeyCiphertextBlob(made.ciphertext())
                .keyMaterialId(made.material());
    }

    /// The pair is made when it is known that the key will do, and outside of the transaction, for it takes its
    /// time.
    private Pairs.Pair pair(Struct in, String spec) {
        kernel.transact(() -> use.symmetric(in));
        Use.checkDryRun(in);
        Spec kind = Spec.valueOf(spec);
        if (kind == Spec.SM2) {
            throw UNSUPPORTED_OPERATION_EXCEPTION.because("KeyPairSpec %s is not supported in this Region.", spec);
        }
        return Pairs.generate(kind);
    }

    private Sealed sealed(Struct in, Pairs.Pair pair, Map<String, String> context) {
        return kernel.transact(() -> {
            Key key = use.symmetric(in);
            use.begin(in, key);
            return seal(key, pair.privateKey(), context);
        });
    }

    @Override
    public GenerateRandomResponse generateRandom(GenerateRandomRequest in) {
        if (in.recipient().isPresent()) {
            throw Api.notImplemented(SCHEMA.operation("GenerateRandom").orElseThrow());
        }
        in.customKeyStoreId().ifPresent(id -> {
            throw KeyStores.missing(id);
        });
        int bytes = in.numberOfBytes()
                .orElseThrow(() -> Refusals.INVALID.because("NumberOfBytes is required to generate random data."));
        return new GenerateRandomResponse().plaintext(Blob.of(kernel.ids().bytes(bytes)));
    }
}

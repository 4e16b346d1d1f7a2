package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Keys.DataKey;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.secretsmanager.Version.Sealed;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts the values of secrets under data keys of KMS, as Secrets Manager does: the context names the secret
/// and the version.
final class Safe {
    static final String KEY_OF_AWS = "alias/aws/secretsmanager";

    private static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDeniedException", 400);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Kernel kernel;
    private final Ids ids;

    Safe(Kernel kernel) {
        this.kernel = kernel;
        this.ids = kernel.ids();
    }

    /// A value in the clear: text or bytes.
    record Value(boolean text, Blob bytes) {}

    Sealed seal(Secret secret, String version, Value value) {
        String name = secret.profile().kmsKeyId().isEmpty()
                ? KEY_OF_AWS
                : secret.profile().kmsKeyId();
        AwsError.Code failure = SecretsManager.ENCRYPTION_FAILURE;
        DataKey key = byKms(() -> kernel.keys().generate(name, context(secret, version)), failure, "encrypt");
        byte[] nonce = ids.bytes(NONCE);
        byte[] sealed = cipher(
                Cipher.ENCRYPT_MODE, key.plaintext(), nonce, value.bytes().bytes());
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return new Sealed(value.text(), key.key().toString(), key.sealed(), Blob.of(whole));
    }

    Value open(Secret secret, Version version) {
        Sealed sealed = version.value();
        Blob key = byKms(
                () -> kernel.keys().open(sealed.key(), context(secret, version.id())),
                SecretsManager.DECRYPTION_FAILURE,
                "decrypt");
        byte[] nonce = Arrays.copyOf(sealed.value().bytes(), NONCE);
        byte[] text =
                Arrays.copyOfRange(sealed.value().bytes(), NONCE, sealed.value().size());
        return new Value(sealed.text(), Blob.of(cipher(Cipher.DECRYPT_MODE, key, nonce, text)));
    }

    /// What KMS refuses, Secrets Manager refuses in words of its own.
    private static <R> R byKms(Supplier<R> work, AwsError.Code failure, String verb) {
        try {
            return work.get();
        } catch (AwsError refused) {
            throw refused.code().code().equals(ACCESS_DENIED.code())
                    ? ACCESS_DENIED.because("Access to KMS is not allowed")
                    : failure.because(
                            "Secrets Manager can't %s the protected secret text using the provided KMS key. Check that"
                                    + " the KMS key is available, enabled, and not in an invalid state.",
                            verb);
        }
    }

    private static Map<String, String> context(Secret secret, String version) {
        return Map.of("SecretARN", Secret.KIND.arnOf(secret.id()).toString(), "SecretVersionId", version);
    }

    private static byte[] cipher(int mode, Blob key, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}

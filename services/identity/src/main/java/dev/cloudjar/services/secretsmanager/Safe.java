package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Envelope;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.secretsmanager.Version.Sealed;
import java.util.Map;
import java.util.function.Supplier;

/// Encrypts the values of secrets under data keys of KMS, as Secrets Manager does: the context names the secret
/// and the version.
final class Safe {
    static final String KEY_OF_AWS = "alias/aws/secretsmanager";

    private static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDeniedException", 400);

    private final Kernel kernel;

    Safe(Kernel kernel) {
        this.kernel = kernel;
    }

    /// A value in the clear: text or bytes.
    record Value(boolean text, Blob bytes) {}

    Sealed seal(Secret secret, String version, Value value) {
        String name = secret.profile().kmsKeyId().isEmpty()
                ? KEY_OF_AWS
                : secret.profile().kmsKeyId();
        AwsError.Code failure = SecretsManager.ENCRYPTION_FAILURE;
        Envelope envelope =
                byKms(() -> Envelope.seal(kernel, name, context(secret, version), value.bytes()), failure, "encrypt");
        return new Sealed(value.text(), envelope.key(), envelope.dataKey(), envelope.content());
    }

    Value open(Secret secret, Version version) {
        Sealed sealed = version.value();
        var envelope = new Envelope(sealed.kmsKeyId(), sealed.key(), sealed.value());
        Blob value = byKms(
                () -> envelope.open(kernel, context(secret, version.id())),
                SecretsManager.DECRYPTION_FAILURE,
                "decrypt");
        return new Value(sealed.text(), value);
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
}

package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.time.Instant;
import java.util.List;

/// What all cryptographic operations have in common: the key must be there, enabled and made for this, the grant
/// tokens ours; a dry run ends here; and the use is written down.
final class Use implements Kms {
    /// The last time that a key was used, and for what.
    record LastUse(String key, String operation, Instant at, String requestId) implements Row<String> {}

    private final Kernel kernel;
    private final KeyRing ring;
    private final Grants grants;
    private final Table<String, LastUse> uses;

    Use(Kernel kernel, KeyRing ring, Grants grants) {
        this.kernel = kernel;
        this.ring = ring;
        this.grants = grants;
        this.uses = kernel.table(LastUse.class);
    }

    /// The key that `in` names, for a use of this kind.
    Key of(Struct in, Spec.Usage usage) {
        return of(in, String.valueOf(in.get("KeyId")), usage);
    }

    Key of(Struct in, String name, Spec.Usage usage) {
        if (in.get("GrantTokens") instanceof List<?> tokens) {
            grants.checkTokens(tokens.stream().map(Object::toString).toList());
        }
        if (in.get("Recipient") != null) {
            throw AwsError.Code.of("NotImplemented", 501)
                    .because("Cloudjar does not answer attestation documents of Nitro enclaves yet.");
        }
        Key key = ring.named(name);
        if (key.nature().managedByAws()) {
            throw Refusals.unauthorized(ring.arn(key).toString());
        }
        check(key, usage);
        return key;
    }

    /// Refuses a key that is not enabled or not made for this.
    void check(Key key, Spec.Usage usage) {
        ring.checkEnabled(key);
        if (key.nature().usage() != usage) {
            throw wrongUsage(key);
        }
    }

    private AwsError wrongUsage(Key key) {
        return INVALID_KEY_USAGE_EXCEPTION.because(
                "%s key usage is %s which is not valid for %s.",
                ring.arn(key), key.nature().usage(), Call.current().request().operation());
    }

    /// The same of a symmetric key, under which data keys are made.
    Key symmetric(Struct in) {
        Key key = of(in, Spec.Usage.ENCRYPT_DECRYPT);
        if (key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            throw INVALID_KEY_USAGE_EXCEPTION.because(
                    "%s key spec is %s which is not valid for %s.",
                    ring.arn(key), key.nature().spec(), Call.current().request().operation());
        }
        return key;
    }

    /// Refuses an algorithm that keys of this kind do not have.
    static void checkAlgorithm(Key key, String algorithm) {
        Key.Nature nature = key.nature();
        if (!nature.spec().algorithms(nature.usage()).contains(algorithm)) {
            throw INVALID_KEY_USAGE_EXCEPTION.because(
                    "Algorithm %s is incompatible with key spec %s.", algorithm, nature.spec());
        }
    }

    /// Ends a dry run, or else notes that the key is used.
    void begin(Struct in, Key key) {
        checkDryRun(in);
        note(key, Call.current().request().operation());
    }

    static void checkDryRun(Struct in) {
        if (Boolean.TRUE.equals(in.get("DryRun"))) {
            throw DRY_RUN_OPERATION_EXCEPTION.because(
                    "The request would have succeeded, but the DryRun option is set.");
        }
    }

    void note(Key key, String operation) {
        uses.put(new LastUse(
                key.id(),
                operation,
                kernel.time().now(),
                Call.current().request().id()));
    }

    @Override
    public GetKeyLastUsageResponse getKeyLastUsage(GetKeyLastUsageRequest in) {
        Key key = ring.get(in.keyId());
        return new GetKeyLastUsageResponse()
                .keyId(ring.arn(key).toString())
                .keyCreationDate(key.nature().created())
                .trackingStartDate(key.nature().created())
                .keyLastUsage(uses.find(key.id())
                        .map(use -> new KeyLastUsageData()
                                .operation(use.operation())
                                .timestamp(use.at())
                                .kmsRequestId(use.requestId())));
    }
}

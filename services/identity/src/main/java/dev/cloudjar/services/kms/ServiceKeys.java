package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.Kms.EncryptionAlgorithmSpec;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.model.Blob;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The keys as other services use them: data keys for what they keep, under keys of customers or of AWS.
final class ServiceKeys implements Keys {
    private static final int DATA_KEY = 32;

    private final Kernel kernel;
    private final KeyRing ring;
    private final Encryption encryption;
    private final Aliases aliases;
    private final KeyAccess access;

    ServiceKeys(Kernel kernel, KeyRing ring, Encryption encryption, Aliases aliases, KeyAccess access) {
        this.kernel = kernel;
        this.ring = ring;
        this.encryption = encryption;
        this.aliases = aliases;
        this.access = access;
    }

    @Override
    public Arn find(String name) {
        return at(account(name), () -> ring.arn(key(name)));
    }

    @Override
    public void check(String name, Map<String, String> context) {
        at(account(name), () -> {
            Arn key = ring.arn(key(name));
            access.require("kms:Decrypt", key, context);
            return key;
        });
    }

    @Override
    public DataKey generate(String name, Map<String, String> context) {
        return at(account(name), () -> {
            Key key = key(name);
            access.require("kms:GenerateDataKey", ring.arn(key), context);
            Blob plaintext = Blob.of(kernel.ids().bytes(DATA_KEY));
            encryption.use().note(key, "GenerateDataKey");
            Blob sealed = encryption.seal(key, EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT, context, plaintext);
            return new DataKey(ring.arn(key), plaintext, sealed);
        });
    }

    @Override
    public Blob open(Blob sealed, Map<String, String> context) {
        Header header = Header.of(sealed).orElseThrow(() -> Kms.INVALID_CIPHERTEXT_EXCEPTION.because(""));
        return at(Optional.of(header.account()), () -> {
            Key key = ring.get(encryption.keyOf(header));
            encryption.use().check(key, Spec.Usage.ENCRYPT_DECRYPT);
            access.require("kms:Decrypt", ring.arn(key), context);
            encryption.use().note(key, "Decrypt");
            return encryption.open(key, header, context, sealed).plaintext();
        });
    }

    /// The key `name`, enabled and symmetric; one of AWS's own is made where it is not there yet.
    private Key key(String name) {
        KeyRing.aliasIn(name).filter(alias -> alias.startsWith(Alias.OF_AWS)).ifPresent(aliases::make);
        Key key = ring.named(name.startsWith("key/") ? name.substring("key/".length()) : name);
        encryption.use().check(key, Spec.Usage.ENCRYPT_DECRYPT);
        if (key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            throw Kms.INVALID_KEY_USAGE_EXCEPTION.because(
                    "%s key spec is %s which is not valid for data keys.",
                    ring.arn(key), key.nature().spec());
        }
        return key;
    }

    private static Optional<String> account(String name) {
        return Arn.parse(name).map(Arn::account);
    }

    /// Does `work` in the account of the key, as part of the call's transaction.
    private <R> R at(Optional<String> account, Supplier<R> work) {
        Call call = Call.current();
        return call.in(account.orElse(call.account())).run(() -> kernel.transact(work));
    }
}

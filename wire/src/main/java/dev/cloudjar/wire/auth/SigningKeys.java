package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// Signing keys derived lately, so that a client that calls often costs one HMAC instead of five. Holds a fixed
/// number; a newcomer takes the place of whatever stands in its slot. Safe for concurrent use without a lock.
final class SigningKeys {
    private static final int SLOTS = 1024;

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    private record Name(String secret, CredentialScope scope) {}

    private record Entry(Name name, Object key) {}

    /// The HMAC of SigV4 for one day, region and service, ready for use by one thread. A copy of one that is made
    /// costs less than another one under the same key.
    Mac hmac(String secret, CredentialScope scope) {
        Mac made = (Mac) find(new Name(secret, scope), () -> Digests.hmacSha256(derive(secret, scope)));
        try {
            return (Mac) made.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HMAC can be copied", e);
        }
    }

    /// The public key of SigV4a, which is that of its secret for ever.
    PublicKey publicKey(String secret, String accessKeyId) {
        var name = new Name(secret, new CredentialScope(accessKeyId, "", "", "", ""));
        return (PublicKey) find(name, () -> EcKeys.publicKey(EcKeys.privateKey(secret, accessKeyId)));
    }

    private Object find(Name name, Supplier<Object> derivation) {
        int slot = (name.hashCode() & 0x7FFFFFFF) % SLOTS;
        Entry there = slots.get(slot);
        if (there != null && there.name.equals(name)) {
            return there.key;
        }
        Object key = derivation.get();
        slots.set(slot, new Entry(name, key));
        return key;
    }

    static byte[] derive(String secret, CredentialScope scope) {
        byte[] date = mac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
        byte[] region = mac(date, scope.region());
        byte[] service = mac(region, scope.service());
        return mac(service, scope.terminator());
    }

    private static byte[] mac(byte[] key, String text) {
        return Digests.hmacSha256(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}

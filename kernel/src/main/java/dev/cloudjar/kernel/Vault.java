package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals what must not stand in the store as it is, such as key material, under the master key of the world,
/// which is kept outside of the store. What one world has sealed is of no use in another.
public final class Vault {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<Blob> master;
    private final Ids ids;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable SecretKeySpec key;

    Vault(Supplier<Blob> master, Ids ids) {
        this.master = master;
        this.ids = ids;
    }

    /// `secret` sealed, to be opened under the same `name` only.
    public Blob seal(String name, Blob secret) {
        byte[] nonce = ids.bytes(NONCE);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name, secret.bytes(), 0);
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return Blob.of(whole);
    }

    /// The secret that was sealed under `name`.
    public Blob open(String name, Blob sealed) {
        byte[] nonce = Arrays.copyOf(sealed.bytes(), NONCE);
        return Blob.of(cipher(Cipher.DECRYPT_MODE, nonce, name, sealed.bytes(), NONCE));
    }

    private byte[] cipher(int mode, byte[] nonce, String name, byte[] text, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text, from, text.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the master key is not the one that sealed " + name, e);
        }
    }

    /// Read when first needed, by one.
    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known != null) {
            return known;
        }
        reading.lock();
        try {
            known = key;
            if (known == null) {
                known = new SecretKeySpec(master.get().bytes(), "AES");
                key = known;
            }
            return known;
        } finally {
            reading.unlock();
        }
    }
}

package dev.cloudjar.services.kms;

import dev.cloudjar.model.Blob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// What a symmetric ciphertext begins with: the account, the key and the key material that open it.
record Header(String account, String keyId, String material) {
    private static final byte VERSION = 1;
    private static final int MATERIAL = 32;

    byte[] bytes() {
        byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + Long.BYTES + 1 + id.length + MATERIAL)
                .put(VERSION)
                .putLong(Long.parseLong(account))
                .put((byte) id.length)
                .put(id)
                .put(HexFormat.of().parseHex(material))
                .array();
    }

    int length() {
        return 1 + Long.BYTES + 1 + keyId.length() + MATERIAL;
    }

    /// The header of `ciphertext`; nothing where it has none.
    static Optional<Header> of(Blob ciphertext) {
        ByteBuffer bytes = ByteBuffer.wrap(ciphertext.bytes());
        if (bytes.remaining() < 1 + Long.BYTES + 1 || bytes.get() != VERSION) {
            return Optional.empty();
        }
        long account = bytes.getLong();
        int length = bytes.get();
        if (account < 0 || account > 999_999_999_999L || length < 0 || bytes.remaining() < length + MATERIAL) {
            return Optional.empty();
        }
        byte[] id = new byte[length];
        byte[] material = new byte[MATERIAL];
        bytes.get(id).get(material);
        String digits = Long.toString(account);
        return Optional.of(new Header(
                "0".repeat(12 - digits.length()) + digits,
                new String(id, StandardCharsets.US_ASCII),
                HexFormat.of().formatHex(material)));
    }
}

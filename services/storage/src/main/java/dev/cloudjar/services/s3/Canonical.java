package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The canonical user id by which S3 knows an account: 64 digits that nobody gets the account from.
final class Canonical {
    static final String ANONYMOUS = "65a011a29cdf8ec533ec3d1ccaae921c";

    private Canonical() {}

    static String id(String account) {
        if (account.equals("anonymous")) {
            return ANONYMOUS;
        }
        try {
            byte[] seed = ("canonical user " + account).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static S3.Owner owner(String account) {
        return new S3.Owner().id(id(account));
    }
}

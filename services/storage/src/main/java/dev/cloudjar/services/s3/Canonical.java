package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Principal;

/// The canonical user id by which S3 knows an account.
final class Canonical {
    static final int LENGTH = 64;
    static final String ANONYMOUS = "65a011a29cdf8ec533ec3d1ccaae921c";

    private Canonical() {}

    static String id(String account) {
        return account.equals(Principal.anonymous().account()) ? ANONYMOUS : Principal.canonicalId(account);
    }

    static S3.Owner owner(String account) {
        return new S3.Owner().id(id(account));
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A bucket: whose it is, where it lies, how it keeps versions, and the names of the documents it is configured
/// by.
record OwnedBucket(String key, String owner, String region, Instant created, Keeping keeping, List<String> documents)
        implements Row<String> {
    static final String ENABLED = "Enabled";
    static final String SUSPENDED = "Suspended";

    /// What a bucket does with versions and owners of objects. `versioning` and `mfa`, whether versions are
    /// deleted only with a device's code, are empty where they were never asked for.
    record Keeping(String versioning, boolean lock, String ownership, String mfa) {
        Keeping versions(String status, boolean locked, String other) {
            return new Keeping(status, locked, ownership, other);
        }

        Keeping owned(String other) {
            return new Keeping(versioning, lock, other, mfa);
        }
    }

    String name() {
        return key;
    }

    String arn() {
        return "arn:aws:s3:::" + key;
    }

    boolean isVersioned() {
        return keeping.versioning().equals(ENABLED);
    }

    /// Whether keys may have more than one version.
    boolean hasVersions() {
        return !keeping.versioning().isEmpty();
    }

    /// Whether ACLs mean nothing, as in every bucket that nobody has told otherwise.
    boolean isOwnerEnforced() {
        return keeping.ownership().equals("BucketOwnerEnforced");
    }

    boolean has(String document) {
        return documents.contains(document);
    }

    OwnedBucket keeping(Keeping other) {
        return new OwnedBucket(key, owner, region, created, other, documents);
    }

    OwnedBucket with(String document) {
        if (has(document)) {
            return this;
        }
        var all = new ArrayList<>(documents);
        all.add(document);
        return new OwnedBucket(key, owner, region, created, keeping, all);
    }

    OwnedBucket without(String document) {
        var rest = new ArrayList<>(documents);
        rest.remove(document);
        return new OwnedBucket(key, owner, region, created, keeping, rest);
    }
}

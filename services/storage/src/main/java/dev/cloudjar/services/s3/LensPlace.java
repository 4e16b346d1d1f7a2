package dev.cloudjar.services.s3;

import java.util.Comparator;

/// Whose numbers a row of a Storage Lens export tells: those of an account, a bucket, a prefix or a group, in a
/// region and a storage class. Requests have no class, and what is of an account has no bucket.
///
/// @param value the prefix, or the group's ARN
record LensPlace(String region, String storageClass, Kind kind, String value, String bucket)
        implements Comparable<LensPlace> {
    private static final Comparator<LensPlace> ORDER = Comparator.comparing(LensPlace::region)
            .thenComparing(LensPlace::bucket)
            .thenComparing(LensPlace::storageClass)
            .thenComparing(LensPlace::kind)
            .thenComparing(LensPlace::value);

    /// What AWS calls the types of records.
    enum Kind {
        ACCOUNT,
        BUCKET,
        PREFIX,
        STORAGE_LENS_GROUP_ACCOUNT,
        STORAGE_LENS_GROUP_BUCKET
    }

    static LensPlace ofAccount(String region, String storageClass) {
        return new LensPlace(region, storageClass, Kind.ACCOUNT, "", "");
    }

    static LensPlace ofBucket(OwnedBucket bucket, String storageClass) {
        return new LensPlace(bucket.region(), storageClass, Kind.BUCKET, "", bucket.name());
    }

    LensPlace as(Kind other, String name) {
        return new LensPlace(region, storageClass, other, name, bucket);
    }

    @Override
    public int compareTo(LensPlace other) {
        return ORDER.compare(this, other);
    }

    /// The column `record_value`: prefixes as in a URL.
    String shown() {
        return new Spelling(kind == Kind.PREFIX).of(value);
    }
}

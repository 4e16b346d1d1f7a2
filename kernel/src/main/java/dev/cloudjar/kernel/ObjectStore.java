package dev.cloudjar.kernel;

import dev.cloudjar.model.Body;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Objects in buckets, for services that leave exports and logs there or read what they import. The port of S3.
///
/// Everything is done in the name of the call's principal: policies of IAM and of the bucket decide, and whom a
/// bucket tells of its objects is told. Refusals are S3's own errors. Not to be called in a transaction.
public interface ObjectStore {
    /// A bucket, and the account that it must belong to where the caller says so.
    record Bucket(String name, Optional<String> owner) {}

    /// An object that is there.
    record Found(String key, long size) {}

    /// Writes an object and answers its entity tag. `settings` are members of PutObject's input by their names,
    /// such as `ContentType` or `ServerSideEncryption`.
    String put(Bucket bucket, String key, Body body, Map<String, String> settings);

    /// The objects whose keys begin with `prefix`, in the order of their keys.
    List<Found> list(Bucket bucket, String prefix);

    /// The bytes of an object.
    Body open(Bucket bucket, String key);
}

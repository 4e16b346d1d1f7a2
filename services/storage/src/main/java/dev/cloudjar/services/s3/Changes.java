package dev.cloudjar.services.s3;

import java.util.Optional;

/// What follows from a change of an object: who is told of it, and what the bucket's rules have in store for it.
final class Changes {
    /// A version has come into being by `way` (`Put`, `Copy`).
    Version created(OwnedBucket bucket, Version version, String way) {
        return version;
    }

    /// A version is gone, or a delete marker has taken its place.
    void removed(OwnedBucket bucket, Version version, String way) {}

    /// When and by which rule of the bucket the version will expire, as answers say it.
    Optional<String> expiration(OwnedBucket bucket, Version version) {
        return Optional.empty();
    }
}

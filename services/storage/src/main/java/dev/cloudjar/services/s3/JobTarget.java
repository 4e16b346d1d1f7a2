package dev.cloudjar.services.s3;

import java.util.Optional;

/// An object that a job has something to do with; `version` is empty where its current one is meant.
record JobTarget(String bucket, String key, String version) {
    Optional<String> versionId() {
        return Optional.of(version).filter(id -> !id.isEmpty());
    }
}

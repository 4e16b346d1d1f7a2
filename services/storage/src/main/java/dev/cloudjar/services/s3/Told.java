package dev.cloudjar.services.s3;

import dev.cloudjar.model.Struct;

/// An answer written by the names of its members: many of S3's answers share members without sharing a shape.
final class Told {
    private Told() {}

    /// Sets the member called `name`, where the answer has one.
    static void set(Struct out, String name, Object value) {
        out.shape().member(name).ifPresent(member -> out.set(member, value));
    }
}

package dev.cloudjar.model;

import dev.cloudjar.model.digest.DigestText;
import dev.cloudjar.model.schema.BinarySchema;
import dev.cloudjar.model.schema.SchemaCompiler;
import dev.cloudjar.model.schema.SchemaResources;
import java.util.List;

/// Every AWS service that Cloudjar knows. Nothing is kept: whoever opens a schema holds on to it, since two openings
/// of one service have different shapes.
public final class Schemas {
    private Schemas() {}

    /// The facts of all services in the order of their ids, without opening one.
    public static List<ServiceSchema.Facts> catalog() {
        return BinarySchema.catalog(SchemaResources.catalog());
    }

    /// The service called `id`, its structures plain.
    public static ServiceSchema open(String id) {
        return open(id, (number, shape) -> new Struct(shape));
    }

    /// The service called `id`, its structures made by `maker`, as generated classes offer one.
    public static ServiceSchema open(String id, StructShape.Maker maker) {
        return BinarySchema.open(SchemaResources.service(id), maker);
    }

    /// A service described by the text of a digest, without overlay: for tests, and for services that are not AWS's.
    public static ServiceSchema parse(String digest) {
        return BinarySchema.open(SchemaCompiler.compile(DigestText.read(digest)), (number, shape) -> new Struct(shape));
    }
}

package dev.cloudjar.model.importer;

import com.fasterxml.jackson.core.JsonParser;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.schema.BinarySchema;
import dev.cloudjar.model.schema.SchemaCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes a schema straight from a model in AWS's C2J form (`service-2.json`), without digest or overlay on the way.
public final class BotocoreModel {
    private BotocoreModel() {}

    public static ServiceSchema read(String id, InputStream model) throws IOException {
        return schema(digest(id, Json.read(model)));
    }

    /// The model is the object at whose opening brace the parser stands.
    public static ServiceSchema read(String id, JsonParser model) throws IOException {
        return schema(digest(id, Json.read(model)));
    }

    /// A schema of one operation, where `model` brings only `metadata` and `shapes`.
    public static ServiceSchema of(String id, Json model, Json operation) {
        Map<String, Object> operations = new LinkedHashMap<>();
        operations.put(operation.text("name").orElseThrow(), operation);
        return schema(digest(id, model.merge(new Json(Map.of("operations", new Json(operations))))));
    }

    static Digest digest(String id, Json model) {
        return new ModelReader(model, Json.EMPTY, Json.EMPTY).digest(id);
    }

    static ServiceSchema schema(Digest digest) {
        return BinarySchema.open(SchemaCompiler.compile(digest), (number, shape) -> new Struct(shape));
    }
}

package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.nio.charset.StandardCharsets;

/// Inputs for tests, from JSON.
public final class Inputs {
    private Inputs() {}

    public static Struct json(OperationSchema operation, String json) {
        Struct input = operation.input().create();
        TreeFormat.json("", false).read(json.getBytes(StandardCharsets.UTF_8), input);
        return input;
    }
}

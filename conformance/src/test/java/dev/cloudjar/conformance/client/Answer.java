package dev.cloudjar.conformance.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer as it came; field names are in lower case.
public record Answer(int status, Map<String, String> fields, byte[] body) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }
}

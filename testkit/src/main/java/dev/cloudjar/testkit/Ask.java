package dev.cloudjar.testkit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// An HTTP request to a cloud. `path` and `query` are percent-encoded.
record Ask(Target target, Map<String, List<String>> headers, OptionalLong length, InputStream body) {
    record Target(String method, String host, String path, String query) {}

    /// `path` may have a query behind it.
    static Ask of(String method, String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String[] parts = path.split("\\?", 2);
        return new Ask(
                new Target(method, "localhost", parts[0], parts.length > 1 ? parts[1] : ""),
                Map.of(),
                OptionalLong.of(bytes.length),
                new ByteArrayInputStream(bytes));
    }
}

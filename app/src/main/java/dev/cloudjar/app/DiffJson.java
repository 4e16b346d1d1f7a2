package dev.cloudjar.app;

import dev.cloudjar.kernel.Diff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A difference as JSON: in an order that equal differences share.
final class DiffJson {
    private DiffJson() {}

    static Map<String, Object> of(Diff diff) {
        var json = new LinkedHashMap<String, Object>();
        json.put("resources", diff.resources().stream().map(DiffJson::resource).toList());
        json.put("others", diff.others().stream().map(DiffJson::others).toList());
        return json;
    }

    private static Map<String, Object> resource(Diff.Changed changed) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", changed.kind());
        json.put("arn", changed.arn());
        json.put("change", changed.change());
        json.put("attributes", attributes(changed.attributes()));
        return json;
    }

    private static Map<String, Object> others(Diff.Others others) {
        var json = new LinkedHashMap<String, Object>();
        json.put("table", others.table());
        json.put("account", others.account());
        json.put("region", others.region());
        json.put("added", others.counts().added());
        json.put("removed", others.counts().removed());
        json.put("changed", others.counts().changed());
        List<Map<String, Object>> samples =
                others.samples().stream().map(DiffJson::attributes).toList();
        json.put("samples", samples);
        return json;
    }

    private static Map<String, Object> attributes(Map<String, Diff.Attribute> attributes) {
        var json = new LinkedHashMap<String, Object>();
        attributes.forEach((name, attribute) -> {
            var sides = new LinkedHashMap<String, @Nullable Object>();
            sides.put("before", attribute.before());
            sides.put("after", attribute.after());
            json.put(name, sides);
        });
        return json;
    }
}

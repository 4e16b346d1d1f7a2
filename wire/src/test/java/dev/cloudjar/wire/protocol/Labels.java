package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.OperationSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the labels of an operation's URI template in a path, as routing does.
final class Labels {
    private static final Pattern LABEL = Pattern.compile("\\{([^}+]+)(\\+?)}");

    private Labels() {}

    static Map<String, String> match(OperationSchema operation, String path) {
        String template = operation.http().uri().split("\\?", 2)[0];
        var pattern = new StringBuilder(".*?");
        Matcher label = LABEL.matcher(template);
        int start = 0;
        Map<String, String> labels = new LinkedHashMap<>();
        while (label.find()) {
            pattern.append(Pattern.quote(template.substring(start, label.start())));
            pattern.append(label.group(2).isEmpty() ? "([^/]+)" : "(.+)");
            labels.put(label.group(1), "");
            start = label.end();
        }
        pattern.append(Pattern.quote(template.substring(start)));
        Matcher found = Pattern.compile(pattern.toString()).matcher(path);
        if (found.matches()) {
            int group = 1;
            for (Map.Entry<String, String> entry : labels.entrySet()) {
                entry.setValue(found.group(group++));
            }
        }
        return labels;
    }
}

package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.services.iam.Delegation.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A policy of a partner with gaps, `@{bucketName}`, which the parameters of a request fill.
record DelegationTemplate(String key, String partner, String text) implements Row<String> {
    private static final Pattern GAP = Pattern.compile("@\\{([^}]+)}");

    /// The policy with all gaps filled, each parameter of use.
    String filled(List<Parameter> parameters) {
        Map<String, Parameter> named = parameters.stream()
                .collect(Collectors.toMap(Parameter::name, each -> each, (_, _) -> {
                    throw Refusals.invalid("Duplicate policy parameter names found.");
                }));
        parameters.stream()
                .filter(each -> !text.contains("@{" + each.name() + '}'))
                .findFirst()
                .ifPresent(stray -> {
                    throw Refusals.invalid("The policy template has no parameter named " + stray.name() + '.');
                });
        return Json.write(filled(Json.object(text).orElseThrow(), named));
    }

    private static @Nullable Object filled(@Nullable Object value, Map<String, Parameter> named) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> members -> {
                var filled = new LinkedHashMap<String, @Nullable Object>();
                members.forEach((name, each) -> filled.put(String.valueOf(name), filled(each, named)));
                yield filled;
            }
            case List<?> list -> list.stream().map(each -> filled(each, named)).toList();
            case String gap -> filled(gap, named);
            default -> value;
        };
    }

    /// A list fills a text that is nothing but its gap.
    private static Object filled(String value, Map<String, Parameter> named) {
        Matcher gap = GAP.matcher(value);
        if (gap.matches() && get(named, gap.group(1)).type().equals("stringList")) {
            return get(named, gap.group(1)).values();
        }
        return gap.replaceAll(found -> Matcher.quoteReplacement(one(get(named, found.group(1)))));
    }

    private static Parameter get(Map<String, Parameter> named, String name) {
        Parameter found = named.get(name);
        if (found == null) {
            throw Refusals.invalid("The policy template parameter " + name + " is missing.");
        }
        return found;
    }

    private static String one(Parameter parameter) {
        if (parameter.values().size() != 1) {
            throw Refusals.invalid("The policy template parameter " + parameter.name() + " takes one value.");
        }
        return parameter.values().getFirst();
    }
}

package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import dev.cloudjar.model.authority.Reference.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ARN of a kind of resource, to be filled from the members of an input that bear the names of its variables.
final class Template {
    /// A stretch of the ARN: as it stands, or a variable and the members that may fill it.
    private record Part(String text, boolean variable, List<Member> members) {}

    private final List<Part> parts = new ArrayList<>();

    Template(ResourceType type, StructShape input) {
        String arn = type.arn();
        int at = 0;
        int open = arn.indexOf("${");
        int variables = 0;
        while (open >= 0) {
            int close = arn.indexOf('}', open);
            parts.add(new Part(arn.substring(at, open), false, List.of()));
            String name = arn.substring(open + 2, close);
            boolean place = isPlace(name);
            parts.add(new Part(name, true, place ? List.of() : members(name, type.name(), input)));
            variables += place ? 0 : 1;
            at = close + 1;
            open = arn.indexOf("${", at);
        }
        parts.add(new Part(arn.substring(at), false, List.of()));
        if (variables > 1) {
            parts.replaceAll(part -> part.variable() ? only(part) : part);
        }
    }

    private static boolean isPlace(String name) {
        return name.equals("Partition") || name.equals("Region") || name.equals("Account");
    }

    /// With several variables, each must have a member of its very name.
    private static Part only(Part part) {
        return new Part(
                part.text(),
                true,
                part.members().stream()
                        .filter(m -> m.name().equalsIgnoreCase(part.text()))
                        .toList());
    }

    private static List<Member> members(String variable, String type, StructShape input) {
        String plain = type.replace("-", "");
        return Stream.of(variable, plain + "Arn", plain + "Name", plain + "Id", plain + "Identifier", plain)
                .flatMap(name -> input.members().stream().filter(m -> m.name().equalsIgnoreCase(name)))
                .filter(m -> m.target().type() == Type.STRING)
                .distinct()
                .toList();
    }

    /// The ARN, or nothing where the input does not name the resource.
    @Nullable
    String filled(Struct input) {
        var arn = new StringBuilder();
        for (Part part : parts) {
            if (!part.variable()) {
                arn.append(part.text());
            } else if (isPlace(part.text())) {
                arn.append(place(part.text()));
            } else {
                Optional<String> value = value(part, input);
                if (value.isEmpty() || value.get().startsWith("arn:")) {
                    return value.orElse(null);
                }
                arn.append(value.get());
            }
        }
        return arn.toString();
    }

    private static String place(String name) {
        Call call = Call.current();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "partition" -> Arn.partition(call.region());
            case "region" -> call.region();
            default -> call.account();
        };
    }

    private static Optional<String> value(Part part, Struct input) {
        return part.members().stream()
                .map(input::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}

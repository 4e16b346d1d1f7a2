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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ARN of a kind of resource, to be filled from the members of an input that bear the names of its variables.
final class Template {
    /// What a stretch of the ARN is.
    private enum Sort {
        /// It stands as it is.
        TEXT,
        PARTITION,
        REGION,
        ACCOUNT,
        /// A variable, for members to fill.
        MEMBER;

        static Sort of(String variable) {
            return switch (variable) {
                case "Partition" -> PARTITION;
                case "Region" -> REGION;
                case "Account" -> ACCOUNT;
                default -> MEMBER;
            };
        }
    }

    /// A stretch of the ARN: a text or the name of a variable, and the members that may fill it.
    private record Part(Sort sort, String text, List<Member> members) {}

    private final List<Part> parts = new ArrayList<>();

    Template(ResourceType type, StructShape input) {
        String arn = type.arn();
        int at = 0;
        int open = arn.indexOf("${");
        int variables = 0;
        while (open >= 0) {
            int close = arn.indexOf('}', open);
            parts.add(new Part(Sort.TEXT, arn.substring(at, open), List.of()));
            String name = arn.substring(open + 2, close);
            Sort sort = Sort.of(name);
            parts.add(new Part(sort, name, sort == Sort.MEMBER ? members(name, type.name(), input) : List.of()));
            variables += sort == Sort.MEMBER ? 1 : 0;
            at = close + 1;
            open = arn.indexOf("${", at);
        }
        parts.add(new Part(Sort.TEXT, arn.substring(at), List.of()));
        if (variables > 1) {
            parts.replaceAll(Template::only);
        }
    }

    /// With several variables, each must have a member of its very name.
    private static Part only(Part part) {
        return new Part(
                part.sort(),
                part.text(),
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
        Call call = Call.current();
        var arn = new StringBuilder(128);
        for (Part part : parts) {
            String text = switch (part.sort()) {
                case TEXT -> part.text();
                case PARTITION -> Arn.partition(call.region());
                case REGION -> call.region();
                case ACCOUNT -> call.account();
                case MEMBER -> value(part, input);
            };
            if (part.sort() == Sort.MEMBER && (text == null || text.startsWith("arn:"))) {
                return text;
            }
            arn.append(text);
        }
        return arn.toString();
    }

    private static @Nullable String value(Part part, Struct input) {
        for (Member member : part.members()) {
            if (input.get(member) instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }
}

package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an effective policy must have to be enforced, though each of the policies that it comes from may leave it
/// to the others: a backup plan is nothing without regions, a vault, resources and a role, and AWS Backup takes
/// thirty tags and thirty conditions for a selection.
final class Demands {
    private static final String ANY = "*";

    /// That each object at `path` of a backup policy has `needed`, and no more than `most` elements.
    private record Demand(List<String> path, List<String> needed, int most) {}

    private static final List<Demand> OF_BACKUP = List.of(
            needs("plans/*", "regions", "rules", "selections"),
            needs("plans/*/regions"),
            needs("plans/*/rules"),
            needs("plans/*/selections"),
            needs("plans/*/rules/*", "target_backup_vault_name"),
            needs("plans/*/rules/*/copy_actions/*", "target_backup_vault_arn"),
            needs("plans/*/selections/tags/*", "iam_role_arn", "tag_key", "tag_value"),
            needs("plans/*/selections/resources/*", "iam_role_arn", "resource_types"),
            takes("plans/*/selections/tags/*/tag_value"),
            takes("plans/*/selections/resources/*/conditions/*"));

    /// What is wrong where, by its path.
    record Flaw(String code, String message, List<String> path) {
        /// As a JSON path.
        String place() {
            return "$." + String.join(".", path);
        }

        /// Whether a policy says something of the object in which the flaw is.
        boolean isOf(Map<?, ?> policy) {
            Object at = policy;
            for (String name : path.subList(0, path.size() - 1)) {
                at = at instanceof Map<?, ?> object ? object.get(name) : null;
            }
            return at != null;
        }
    }

    /// An element of a policy and where it stands.
    private record Element(List<String> path, @Nullable Object value) {
        Stream<Element> under(String name) {
            return value instanceof Map<?, ?> object
                    ? object.entrySet().stream()
                            .filter(each -> name.equals(ANY) || name.equals(each.getKey()))
                            .map(each -> new Element(below(String.valueOf(each.getKey())), each.getValue()))
                    : Stream.empty();
        }

        List<String> below(String name) {
            var longer = new ArrayList<>(path);
            longer.add(name);
            return longer;
        }

        boolean has(String name) {
            return value instanceof Map<?, ?> object && object.get(name) != null;
        }

        int size() {
            return value instanceof Map<?, ?> object ? object.size() : value instanceof List<?> list ? list.size() : 1;
        }
    }

    private Demands() {}

    private static Demand needs(String path, String... elements) {
        return new Demand(List.of(path.split("/")), List.of(elements), Integer.MAX_VALUE);
    }

    private static Demand takes(String path) {
        return new Demand(List.of(path.split("/")), List.of(), 30);
    }

    static List<Flaw> flaws(String type, Map<String, @Nullable Object> policy) {
        List<Demand> demands = type.equals(PolicyType.BACKUP_POLICY) ? OF_BACKUP : List.of();
        return demands.stream()
                .flatMap(demand -> at(demand.path(), policy).flatMap(element -> flaws(demand, element)))
                .toList();
    }

    private static Stream<Element> at(List<String> path, Map<String, @Nullable Object> policy) {
        Stream<Element> found = Stream.of(new Element(List.of(), policy));
        for (String name : path) {
            found = found.flatMap(element -> element.under(name));
        }
        return found;
    }

    private static Stream<Flaw> flaws(Demand demand, Element element) {
        var flaws = new ArrayList<Flaw>();
        if (element.size() > demand.most()) {
            flaws.add(new Flaw(
                    "ELEMENTS_TOO_MANY",
                    "The element has " + element.size() + " elements, and may have " + demand.most() + " at most.",
                    element.path()));
        }
        if (element.size() == 0) {
            flaws.add(new Flaw("ELEMENTS_TOO_FEW", "The element must not be empty.", element.path()));
        }
        demand.needed().stream()
                .filter(name -> element.size() > 0 && !element.has(name))
                .forEach(name -> flaws.add(new Flaw(
                        "ELEMENTS_TOO_FEW", "The required element " + name + " is missing.", element.below(name))));
        return flaws.stream();
    }
}

package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// Which resources the operations of IAM are about: entities by their ARNs with paths, the caller where no user
/// is named, and for listings all of a kind.
final class Wanted {
    private Wanted() {}

    static List<Access> of(Directory directory, OperationSchema operation, Struct input, List<Access> reference) {
        String action = reference.getFirst().action();
        return resource(directory, operation, input)
                .map(resource -> List.of(Access.of(action, resource)))
                .orElse(reference);
    }

    private static Optional<String> resource(Directory directory, OperationSchema operation, Struct input) {
        for (Sort sort : List.of(Sort.GROUP, Sort.ROLE, Sort.USER)) {
            if (input.get(sort.title() + "Name") instanceof String name) {
                return Optional.of(entity(directory, sort, name, input));
            }
        }
        if (input.shape().member("UserName").isPresent()) {
            return Optional.of(Call.current().principal().arn());
        }
        if (input.get("InstanceProfileName") instanceof String name) {
            return Optional.of(Directory.arn("instance-profile" + path(input) + name));
        }
        if (input.get("PolicyName") instanceof String name && operation.name().equals("CreatePolicy")) {
            return Optional.of(Directory.arn("policy" + path(input) + name));
        }
        return switch (operation.name()) {
            case "ListUsers" -> Optional.of(Directory.arn("user" + prefix(input)));
            case "ListGroups" -> Optional.of(Directory.arn("group" + prefix(input)));
            case "ListRoles" -> Optional.of(Directory.arn("role" + prefix(input)));
            default -> Optional.empty();
        };
    }

    private static String entity(Directory directory, Sort sort, String name, Struct input) {
        return directory
                .find(sort, name)
                .map(found -> Directory.arn(sort, found))
                .orElseGet(() -> Directory.arn(sort.wire() + path(input) + name));
    }

    private static String path(Struct input) {
        return input.get("Path") instanceof String path ? path : "/";
    }

    private static String prefix(Struct input) {
        return input.get("PathPrefix") instanceof String prefix ? prefix : "/";
    }
}

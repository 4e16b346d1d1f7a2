package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The principals that a trust policy names must exist, as far as they are of this account.
final class Trusted {
    private Trusted() {}

    static void check(String document, Directory directory) {
        Object statements = Json.object(document).orElseThrow().get("Statement");
        for (Object each : statements instanceof List<?> list ? list : Collections.singletonList(statements)) {
            if (each instanceof Map<?, ?> statement && statement.get("Principal") instanceof Map<?, ?> principal) {
                names(principal.get("AWS")).forEach(name -> checkName(String.valueOf(name), directory));
            }
        }
    }

    private static List<?> names(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static void checkName(String name, Directory directory) {
        Optional<Arn> arn = Arn.parse(name)
                .filter(found -> found.service().equals("iam"))
                .filter(found -> found.account().equals(Call.current().account()));
        boolean there = arn.isEmpty() || isThere(arn.get().resource(), directory);
        if (!there) {
            throw Iam.MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                    "Invalid principal in policy: \"AWS\":\"" + name + "\"");
        }
    }

    private static boolean isThere(String resource, Directory directory) {
        for (Sort sort : List.of(Sort.USER, Sort.ROLE)) {
            if (resource.startsWith(sort.wire() + '/')) {
                return directory
                        .find(sort, resource.substring(resource.lastIndexOf('/') + 1))
                        .filter(found ->
                                resource.equals(sort.wire() + found.name().wire()))
                        .isPresent();
            }
        }
        return true;
    }
}

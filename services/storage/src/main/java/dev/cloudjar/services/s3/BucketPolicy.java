package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.model.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A bucket's policy as S3 looks at it beyond what policies have in common: that it is about this bucket, and
/// whether it opens the bucket to the public.
record BucketPolicy(List<Map<?, ?>> statements) {
    private static final int LARGEST = 20 << 10;
    /// Conditions that narrow a statement for everybody to somebody, by a value that is not everything.
    private static final Set<String> NARROWING = Set.of(
            "aws:sourcearn",
            "aws:sourceip",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceaccount",
            "aws:sourceowner",
            "aws:sourceorgid",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:userid",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");

    /// The policy that `text` is; what cannot be read has no statements.
    static BucketPolicy read(String text) {
        Object statements = Json.object(text).orElse(Map.of()).get("Statement");
        List<?> all = statements instanceof List<?> list ? list : statements == null ? List.of() : List.of(statements);
        return new BucketPolicy(all.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(statement -> (Map<?, ?>) statement)
                .toList());
    }

    static BucketPolicy checked(OwnedBucket bucket, String text) {
        String arn = Directories.isName(bucket.name()) ? DirectoryAccess.arn(bucket.name()) : bucket.arn();
        return checked(
                resource -> resource.equals(arn) || resource.startsWith(arn + "/") || resource.startsWith(arn + "*"),
                text);
    }

    /// The same of what `own` knows to be its resources.
    static BucketPolicy checked(Predicate<String> own, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw malformed("Policy exceeds the maximum allowed document size.");
        }
        if (Json.object(text).isEmpty()) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        BucketPolicy policy = read(text);
        if (policy.statements.isEmpty()) {
            throw malformed("Could not parse the policy: Statement is empty!");
        }
        try {
            Document.parse(text, Grammar.RESOURCE);
        } catch (Malformed reason) {
            throw malformed(reason.message());
        }
        policy.statements.forEach(statement -> check(own, statement));
        return policy;
    }

    private static void check(Predicate<String> own, Map<?, ?> statement) {
        for (String action : texts(first(statement, "Action", "NotAction"))) {
            String lower = action.toLowerCase(Locale.ROOT);
            boolean ours = lower.equals("*")
                    || lower.startsWith("s3:")
                    || lower.startsWith("s3-object-lambda:")
                    || lower.startsWith("s3express:");
            if (!ours || !PolicyTerms.isAction(action)) {
                throw malformed("Policy has invalid action");
            }
        }
        for (String resource : texts(first(statement, "Resource", "NotResource"))) {
            if (!own.test(resource)) {
                throw malformed("Policy has invalid resource");
            }
        }
        checkTerms(statement);
    }

    /// Refuses an action that cannot be done to what the statement is about, and conditions of no request.
    private static void checkTerms(Map<?, ?> statement) {
        List<String> upon = texts(statement.get("Resource"));
        for (String action : texts(statement.get("Action"))) {
            if (!upon.isEmpty() && !PolicyTerms.applies(action, upon)) {
                throw malformed("Action does not apply to any resource(s) in statement");
            }
        }
        if (statement.get("Condition") instanceof Map<?, ?> operators) {
            operators.values().stream()
                    .flatMap(keys -> ((Map<?, ?>) keys).keySet().stream())
                    .filter(key -> !PolicyTerms.isKey(String.valueOf(key)))
                    .findFirst()
                    .ifPresent(_ -> {
                        throw malformed("Policy has an invalid condition key");
                    });
        }
    }

    private static @Nullable Object first(Map<?, ?> statement, String name, String other) {
        Object value = statement.get(name);
        return value == null ? statement.get(other) : value;
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> List.of(value.toString());
        };
    }

    /// Whether some statement allows everybody something without a condition that narrows who that is.
    boolean isPublic() {
        return statements.stream()
                .anyMatch(statement -> "Allow".equals(statement.get("Effect"))
                        && isEverybody(statement.get("Principal"))
                        && !isNarrowed(statement.get("Condition")));
    }

    private static boolean isEverybody(@Nullable Object principal) {
        return switch (principal) {
            case null -> false;
            case Map<?, ?> names -> texts(names.get("AWS")).contains("*");
            default -> principal.equals("*");
        };
    }

    private static boolean isNarrowed(@Nullable Object conditions) {
        if (!(conditions instanceof Map<?, ?> operators)) {
            return false;
        }
        return operators.entrySet().stream()
                .filter(operator -> !String.valueOf(operator.getKey()).contains("Not"))
                .flatMap(operator -> operator.getValue() instanceof Map<?, ?> keys
                        ? keys.entrySet().stream()
                        : java.util.stream.Stream.of())
                .anyMatch(key -> NARROWING.contains(String.valueOf(key.getKey()).toLowerCase(Locale.ROOT))
                        && texts(key.getValue()).stream().allMatch(BucketPolicy::isFixed));
    }

    private static boolean isFixed(String value) {
        return !value.equals("*") && !value.contains("${") && !value.startsWith("0.0.0.0/") && !value.startsWith("::/");
    }

    private static AwsError malformed(String message) {
        return Refusals.of("MalformedPolicy", 400, message);
    }
}

package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// KMS's safety check: whether a key policy lets the caller, or the account to which the key belongs, change it
/// again.
final class Lockout {
    private static final String ACTION = "kms:PutKeyPolicy";

    private Lockout() {}

    static boolean leavesAWay(Map<String, @Nullable Object> policy) {
        return values(policy.get("Statement"))
                .<Map<?, ?>>map(Map.class::cast)
                .filter(statement -> "Allow".equals(statement.get("Effect")))
                .filter(statement -> texts(statement.get("Action")).anyMatch(Lockout::covers))
                .anyMatch(statement -> isForUs(statement.get("Principal")));
    }

    private static Stream<?> values(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
    }

    private static Stream<String> texts(@Nullable Object value) {
        return values(value).map(Objects::toString);
    }

    /// Whether an action, which may end in an asterisk, is that of changing the policy.
    private static boolean covers(String action) {
        int star = action.indexOf('*');
        return star < 0
                ? action.equalsIgnoreCase(ACTION)
                : ACTION.regionMatches(true, 0, action, 0, star)
                        && ACTION.toLowerCase(Locale.ROOT)
                                .endsWith(action.substring(star + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isForUs(@Nullable Object principal) {
        Stream<String> names = principal instanceof Map<?, ?> kinds ? texts(kinds.get("AWS")) : texts(principal);
        String account = Call.current().account();
        Principal caller = Call.current().principal();
        return names.anyMatch(name -> name.equals("*")
                || name.equals(account)
                || name.equals(caller.arn())
                || name.endsWith(":iam::" + account + ":root"));
    }
}

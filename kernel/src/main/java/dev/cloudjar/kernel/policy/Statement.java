package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Principals.Grant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement, ready to be judged. Absent elements do not restrict: a trust policy has no resources, an
/// identity's policy no principals.
///
/// @param name its Sid, or its place among the statements, from zero
/// @param effect what it does where it applies
record Statement(
        String name,
        Effect effect,
        @Nullable Naming<Principals> principals,
        Naming<List<Glob>> actions,
        @Nullable Naming<List<Glob>> resources,
        List<Condition> conditions) {
    /// What a statement does.
    enum Effect {
        ALLOW,
        DENY
    }

    /// What an element names, or with `Not` before it, all but that.
    record Naming<T>(boolean not, T names) {}

    boolean isFor(String action) {
        return actions.not() != any(actions.names(), action, Values.NONE);
    }

    /// How the resources begin and end, by which others are told from them; nothing where that does not tell.
    int[] resourceEnds() {
        if (resources == null || resources.not() || !resources.names().stream().allMatch(Glob::isFixed)) {
            return new int[0];
        }
        return resources.names().stream()
                .flatMapToInt(glob -> Arrays.stream(glob.ends()))
                .toArray();
    }

    /// How the statement applies to `asked`, whose action it is known to be for.
    Grant grant(Asked asked) {
        Grant grant = principals == null ? Grant.DIRECT : grant(principals, asked);
        boolean applies = grant != Grant.NONE && isAbout(asked) && holds(asked.values());
        return applies ? grant : Grant.NONE;
    }

    private static Grant grant(Naming<Principals> principals, Asked asked) {
        if (!principals.not()) {
            return principals.names().grant(asked.principal());
        }
        return principals.names().spares(asked.principal()) ? Grant.NONE : Grant.DIRECT;
    }

    private boolean isAbout(Asked asked) {
        return resources == null || resources.not() != any(resources.names(), asked.resource(), asked.values());
    }

    private boolean holds(Values values) {
        for (Condition condition : conditions) {
            if (!condition.holds(values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(List<Glob> globs, String text, Values values) {
        for (Glob glob : globs) {
            if (glob.matches(text, values)) {
                return true;
            }
        }
        return false;
    }
}

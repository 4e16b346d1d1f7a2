package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;

/// How the Arn operators compare: each of the six parts by itself, so that no wildcard reaches beyond a colon
/// but in the last.
final class Arns {
    private static final int PARTS = 6;

    private Arns() {}

    static boolean matches(String asked, Glob given, Values values) {
        String text = given.resolved(values);
        if (text == null || !given.matches(asked, values)) {
            return false;
        }
        return given.isAny() || partwise(asked.split(":", PARTS), text.split(":", PARTS));
    }

    private static boolean partwise(String[] asked, String[] given) {
        if (asked.length != PARTS || given.length != PARTS) {
            return false;
        }
        for (int i = 0; i < PARTS; i++) {
            if (!Glob.plain(given[i]).matches(asked[i], Values.NONE)) {
                return false;
            }
        }
        return true;
    }
}

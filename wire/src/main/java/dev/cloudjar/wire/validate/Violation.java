package dev.cloudjar.wire.validate;

import dev.cloudjar.model.Member;
import java.util.Optional;

/// One value that breaks one constraint. `path` is AWS's (`entries.1.member.id`), `value` is absent where the value
/// is; `shown` is false for values that AWS keeps to itself.
record Violation(Kind kind, Member member, String path, Optional<Object> value, boolean shown, String constraint) {
    /// What is wrong, as far as services differ in how they say it.
    enum Kind {
        MISSING,
        BOUNDS,
        PATTERN,
        UNKNOWN_VALUE
    }
}

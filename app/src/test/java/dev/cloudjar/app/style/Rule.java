package dev.cloudjar.app.style;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the tidy test holds sources to. A ceiling of zero forbids; others ask whether a name is missing.
enum Rule {
    FILE_LINES(400, "Split by noun: a file for each thing that has a name."),
    METHOD_LINES(40, "Name its steps, or make the operation a class called after it."),
    PARAMETERS(5, "Parameters that travel together are a record."),
    COMPONENTS(8, "So many components hide a concept: nest records."),
    NESTING(4, "Return early, or name the inner part."),
    IMPORTS(30, "The file knows too much: split it."),
    CATCH_ALL(0, "Catch what can be handled, by its type; let the rest fail."),
    EMPTY_CATCH(0, "A failure that nobody hears of is a lie: let it fail, or answer it."),
    STATIC_STATE(0, "Nothing is static that changes: it belongs to a World."),
    BANNED_NAME(0, "Name what it is: a Table, a Page, a Ledger; not a Manager, Helper, Util, Impl or Base."),
    BANNED_WORD(0, "What is to be done stands in an issue, not in the code."),
    MACHINE_PATH(0, "No path of somebody's machine: take it as an argument."),
    TYPE_DOC(0, "Open the type with one to three whole `///` sentences: what it is, and what it leaves to whom."),
    NULL_MARKED(0, "Give the package a package-info.java that is @NullMarked and says what is in it."),
    TEST_ORDER(0, "Tests run in any order, side by side: none may count on another.");

    private final int ceiling;
    private final String advice;

    Rule(int ceiling, String advice) {
        this.ceiling = ceiling;
        this.advice = advice;
    }

    int ceiling() {
        return ceiling;
    }

    String advice() {
        return advice;
    }

    /// As the baseline writes it: `method-lines`.
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Rule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }
}

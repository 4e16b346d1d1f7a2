package dev.cloudjar.conformance.mutants;

import java.util.Locale;

/// A fault that a service can be given: of what kind, the how manieth of them in which method, and in which line
/// of its code that is now.
record Mutant(int number, Fault fault, String method, int which, int line) {
    /// The kinds of faults.
    enum Fault {
        DROPPED_WRITE,
        IGNORED_FILTER,
        OFF_BY_ONE,
        SWAPPED_ACCOUNT,
        UNENFORCED_CONDITION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// `Queues.createQueue, dropped write 2`, which stays the same while lines move.
    String name() {
        return method + ", " + fault + " " + which;
    }

    @Override
    public String toString() {
        return name() + " (line " + line + ")";
    }
}

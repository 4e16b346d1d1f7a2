package dev.cloudjar.conformance.mutants;

/// A fault that a service can be given: of what kind, and where in its code.
record Mutant(int number, Fault fault, String place) {
    /// The kinds of faults.
    enum Fault {
        DROPPED_WRITE,
        IGNORED_FILTER,
        OFF_BY_ONE,
        SWAPPED_ACCOUNT,
        UNENFORCED_CONDITION
    }

    @Override
    public String toString() {
        return fault + " at " + place;
    }
}

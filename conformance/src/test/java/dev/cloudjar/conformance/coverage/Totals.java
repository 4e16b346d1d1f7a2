package dev.cloudjar.conformance.coverage;

/// How many operations there are, and what is shown of how many.
record Totals(int modelled, int answered, int underLaw, int enforced, int durable, int withClients) {
    static final Totals NONE = modelled(0);

    /// Those of a service of which nothing is built.
    static Totals modelled(int operations) {
        return new Totals(operations, 0, 0, 0, 0, 0);
    }

    Totals plus(Totals other) {
        return new Totals(
                modelled + other.modelled,
                answered + other.answered,
                underLaw + other.underLaw,
                enforced + other.enforced,
                durable + other.durable,
                withClients + other.withClients);
    }

    /// The cells of a table, up to the end of the line.
    String cells() {
        return " | " + modelled + " | " + answered + " | " + underLaw + " | " + enforced + " | " + durable + " | "
                + withClients + " |\n";
    }
}

package dev.cloudjar.services.iam;

/// The three kinds of entity that hold policies, in the words of ARNs, ids and refusals.
enum Sort {
    USER("user", "User", "AIDA", 2048, 5000),
    GROUP("group", "Group", "AGPA", 5120, 300),
    ROLE("role", "Role", "AROA", 10240, 1000);

    private final String wire;
    private final String title;
    private final String prefix;
    private final int inlineLimit;
    private final int most;

    Sort(String wire, String title, String prefix, int inlineLimit, int most) {
        this.wire = wire;
        this.title = title;
        this.prefix = prefix;
        this.inlineLimit = inlineLimit;
        this.most = most;
    }

    String wire() {
        return wire;
    }

    String title() {
        return title;
    }

    /// What unique ids of this kind begin with.
    String prefix() {
        return prefix;
    }

    /// How many characters, white space apart, its inline policies may have together.
    int inlineLimit() {
        return inlineLimit;
    }

    /// How many an account may have.
    int most() {
        return most;
    }
}

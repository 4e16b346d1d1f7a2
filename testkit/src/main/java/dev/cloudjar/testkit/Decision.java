package dev.cloudjar.testkit;

import java.util.List;

/// What policies decided about a call, and why: `because` is what AWS says of a refusal and is empty where the
/// call was allowed. A call may ask for more than one permission, each of which is decided.
public record Decision(
        String principal, String action, String resource, boolean allowed, String because, List<Statement> statements) {
    public Decision {
        statements = List.copyOf(statements);
    }

    /// A statement that had a say: of which kind of policy (`identity`, `resource`, `boundary` …), which policy,
    /// its `Sid` or number, and whether it allows or denies.
    public record Statement(String kind, String policy, String statement, boolean allows) {}

    /// `Denied sqs:SendMessage on arn:aws:sqs:…: User … is not authorized …`.
    @Override
    public String toString() {
        return (allowed ? "Allowed " : "Denied ") + action + " on " + resource + " for " + principal
                + (because.isEmpty() ? "" : ": " + because)
                + (statements.isEmpty() ? "" : " " + statements);
    }
}

package dev.cloudjar.kernel.policy;

import java.util.List;

/// What came of a request, by which kind of policy, and every statement that had a say.
public record Decision(Outcome outcome, Layer layer, List<Hit> hits) {
    /// As the policy simulator calls them.
    public enum Outcome {
        ALLOWED("allowed"),
        IMPLICIT_DENY("implicitDeny"),
        EXPLICIT_DENY("explicitDeny");

        private final String wire;

        Outcome(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    /// A statement that applied: of which policy, under which name or at which place there.
    public record Hit(Layer layer, String policy, String statement, boolean allows) {}

    public Decision {
        hits = List.copyOf(hits);
    }

    public boolean isAllowed() {
        return outcome == Outcome.ALLOWED;
    }

    /// S3 alone, whose keys may have blanks in them, puts ARNs in quotes.
    private static String quoted(Asked asked) {
        boolean quoted = asked.action().startsWith("s3:") && !asked.resource().equals("*");
        return quoted ? '"' + asked.resource() + '"' : asked.resource();
    }

    /// AWS's refusal of `asked`. Of another account's role nobody learns more than that.
    public String refusal(Asked asked) {
        String refusal = "User: " + asked.principal().arn() + " is not authorized to perform: " + asked.action()
                + " on resource: " + quoted(asked);
        boolean secret = layer == Layer.TRUST && asked.isCrossAccount();
        return secret
                ? refusal
                : refusal + ' ' + (outcome == Outcome.EXPLICIT_DENY ? layer.denying() : layer.missing(asked.action()));
    }
}

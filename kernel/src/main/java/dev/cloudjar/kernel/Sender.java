package dev.cloudjar.kernel;

/// In whose name something is delivered: the service's principal (`s3.amazonaws.com`) and the ARN of the
/// resource that it acts for, by which policies of targets know it; empty where there is none.
public record Sender(String principal, String source) {
    public static Sender of(String principal, Arn source) {
        return new Sender(principal, source.toString());
    }

    static Sender of(String principal) {
        return new Sender(principal, "");
    }
}

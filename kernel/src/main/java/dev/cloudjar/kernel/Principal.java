package dev.cloudjar.kernel;

/// Who makes a call: the ARN by which policies know it, the account it belongs to, and its unique id.
public record Principal(String arn, String account, String userId) {
    /// The root user of an account.
    public static Principal root(String account) {
        return new Principal("arn:aws:iam::" + account + ":root", account, account);
    }

    /// An AWS service acting in its own name, such as `sqs.amazonaws.com`.
    public static Principal service(String name) {
        return new Principal(name, name, name);
    }

    /// Nobody in particular: an unsigned request.
    public static Principal anonymous() {
        return new Principal("*", "anonymous", "anonymous");
    }
}

package dev.cloudjar.kernel;

/// Runs functions for other services. The port of Lambda.
public interface Invoker {
    /// Whom to tell of the outcome: the task `name` of `service` gets `subject`, and behind a line break the
    /// error of the function, which is empty where it has succeeded; where the `answer` is wanted, that follows
    /// an empty error behind another line break, as the JSON that the function returned.
    record Reply(String service, String name, String subject, boolean answer) {
        public Reply(String service, String name, String subject) {
            this(service, name, subject, false);
        }
    }

    /// Has `function` run with the JSON `payload` once this transaction has committed. The reply comes in a
    /// transaction of its own, in the account and region of this call.
    void start(Arn function, String payload, Reply reply);
}

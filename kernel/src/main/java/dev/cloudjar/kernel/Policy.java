package dev.cloudjar.kernel;

import java.util.List;

/// Decides whether a call may do what it asks. Asked once a call, by the authorize stage alone.
@FunctionalInterface
public interface Policy {
    /// Everybody may do everything: the policy of a world without identity.
    Policy ALLOW = (_, _) -> {};

    /// What a call wants: the IAM action (`sqs:SendMessage`) and the resources it names, none where the action
    /// has none.
    record Access(String action, List<Arn> resources) {
        public Access {
            resources = List.copyOf(resources);
        }
    }

    /// Returns where the access is allowed, throws AWS's refusal where it is not.
    void authorize(Call call, Access access);
}

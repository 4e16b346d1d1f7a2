package dev.cloudjar.kernel;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;

/// Decides whether a call may do what it asks. Asked once a call by the authorize stage, and by services for
/// what a call wants of others on the way.
public interface Policy {
    /// Everybody may do everything: the policy of a world without identity.
    Policy ALLOW = new Policy() {
        @Override
        public void authorize(Call call, Service service, OperationSchema operation, Struct input) {}

        @Override
        public void require(Call call, Access access, String asking) {}
    };

    /// Returns where `call` may do `operation` of `service`, throws AWS's refusal where it may not.
    void authorize(Call call, Service service, OperationSchema operation, Struct input);

    /// The same of one action upon one resource, for the service called `asking`: whose policies are asked where
    /// no service is called as the action's prefix, such as `s3express`.
    void require(Call call, Access access, String asking);
}

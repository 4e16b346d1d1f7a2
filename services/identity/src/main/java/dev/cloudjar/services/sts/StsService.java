package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.util.List;

/// AWS STS. `GetCallerIdentity` answers from the call itself; anybody may ask it, as on AWS.
public final class StsService implements Service, Sts {
    /// STS keeps nothing yet, so it needs nothing of its world.
    public StsService(Kernel kernel) {}

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest in) {
        Principal caller = Call.current().principal();
        return new GetCallerIdentityResponse()
                .userId(caller.userId())
                .account(caller.account())
                .arn(caller.arn());
    }
}

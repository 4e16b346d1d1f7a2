package dev.cloudjar.services.sts;

import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.KeyIds;

/// Who a caller is, whose a key is, and why something was refused.
final class Callers implements Sts {
    private final Kernel kernel;

    Callers(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest in) {
        Principal caller = Call.current().principal();
        return new GetCallerIdentityResponse()
                .userId(caller.userId())
                .account(caller.account())
                .arn(caller.arn());
    }

    @Override
    public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest in) {
        return new GetAccessKeyInfoResponse()
                .account(KeyIds.account(in.accessKeyId())
                        .orElseThrow(() -> Issuing.VALIDATION.because("Invalid Access Key Id")));
    }

    @Override
    public DecodeAuthorizationMessageResponse decodeAuthorizationMessage(DecodeAuthorizationMessageRequest in) {
        return new DecodeAuthorizationMessageResponse()
                .decodedMessage(kernel.tokens()
                        .open("authorization", in.encodedMessage())
                        .orElseThrow(() ->
                                INVALID_AUTHORIZATION_MESSAGE_EXCEPTION.because("Invalid Authorization Message")));
    }
}

package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.TagRules;
import dev.cloudjar.model.AwsError;

/// What KMS refuses in words that its model does not have.
final class Refusals {
    static final AwsError.Code INVALID = AwsError.Code.of("ValidationException", 400);

    private static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDeniedException", 400);

    private Refusals() {}

    /// The refusal of a ciphertext whose key is not there, which AWS does not tell from one that is forbidden.
    static AwsError unknownKey() {
        return ACCESS_DENIED.because("The ciphertext refers to a customer master key that does not exist, does not"
                + " exist in this region, or you are not allowed to access.");
    }

    /// The refusal of what only AWS may do with its own keys, and only its own account with any key.
    static AwsError unauthorized(String key) {
        Call call = Call.current();
        return ACCESS_DENIED.because(
                "User: %s is not authorized to perform: kms:%s on resource: %s because no resource-based policy"
                        + " allows the kms:%s action",
                call.principal().arn(),
                call.request().operation(),
                key,
                call.request().operation());
    }

    /// How KMS refuses tags.
    static final class OfTags implements TagRules.Wording {
        @Override
        public AwsError tooMany(String id, int most) {
            return Kms.LIMIT_EXCEEDED_EXCEPTION.because("The request exceeds the limit of %d tags per key.", most);
        }

        @Override
        public AwsError key(String key) {
            return Kms.TAG_EXCEPTION.because("Invalid tag key: %s", key);
        }

        @Override
        public AwsError value(String key, String value) {
            return Kms.TAG_EXCEPTION.because("Invalid tag value: %s", value);
        }

        @Override
        public AwsError reserved(String key) {
            return Kms.TAG_EXCEPTION.because("Tag keys may not begin with aws:");
        }
    }
}

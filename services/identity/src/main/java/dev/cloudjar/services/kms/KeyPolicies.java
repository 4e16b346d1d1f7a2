package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The policy of each key, of which there is one, called `default`.
final class KeyPolicies implements Kms {
    private static final String DEFAULT = "default";

    private final KeyRing ring;

    KeyPolicies(KeyRing ring) {
        this.ring = ring;
    }

    /// The policy that a key gets: `asked`, if it is one and leaves a way to change it, or the default.
    static String checked(Optional<String> asked, Optional<Boolean> bypass) {
        if (asked.isEmpty()) {
            return ofAccount();
        }
        String text = asked.get();
        try {
            Document.parse(text, Grammar.RESOURCE);
        } catch (Malformed malformed) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because("%s", malformed.message());
        }
        Map<String, @Nullable Object> policy = Json.object(text).orElseThrow();
        if (!bypass.orElse(false) && !Lockout.leavesAWay(policy)) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                    "The new key policy will not allow you to update the key policy in the future.");
        }
        return text;
    }

    private static String ofAccount() {
        String root = "arn:" + Arn.partition(Call.current().region()) + ":iam::"
                + Call.current().account() + ":root";
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "%s"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(root);
    }

    /// The policy of the key that AWS manages for a service: everybody in the account, through that service.
    static String ofService(String service) {
        Call call = Call.current();
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "auto-%1$s-1",
                  "Statement" : [ {
                    "Sid" : "Allow access through %1$s for all principals in the account that are authorized to use %1$s",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "*"
                    },
                    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", \
                "kms:CreateGrant", "kms:DescribeKey" ],
                    "Resource" : "*",
                    "Condition" : {
                      "StringEquals" : {
                        "kms:CallerAccount" : "%2$s",
                        "kms:ViaService" : "%1$s.%3$s.amazonaws.com"
                      }
                    }
                  }, {
                    "Sid" : "Allow direct access to key metadata to the account",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:%4$s:iam::%2$s:root"
                    },
                    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
                    "Resource" : "*"
                  } ]
                }""".formatted(service, call.account(), call.region(), Arn.partition(call.region()));
    }

    private static void checkName(Optional<String> name) {
        name.filter(text -> !text.equals(DEFAULT)).ifPresent(_ -> {
            throw NOT_FOUND_EXCEPTION.because("No such policy exists");
        });
    }

    @Override
    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest in) {
        Key key = ring.get(in.keyId());
        checkName(in.policyName());
        return new GetKeyPolicyResponse().policy(ring.shown(key.policy())).policyName(DEFAULT);
    }

    @Override
    public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest in) {
        Key key = ring.own(in.keyId());
        checkName(in.policyName());
        String policy = checked(Optional.of(in.policy()), in.bypassPolicyLockoutSafetyCheck());
        ring.shelf().put(key.ruledBy(ring.kept(policy)));
        return new PutKeyPolicyResponse();
    }

    @Override
    public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest in) {
        ring.get(in.keyId());
        in.marker().ifPresent(marker -> {
            throw INVALID_MARKER_EXCEPTION.because("Could not deserialize marker '%s'", marker);
        });
        return new ListKeyPoliciesResponse().policyNames(List.of(DEFAULT)).truncated(false);
    }
}

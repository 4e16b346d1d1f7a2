package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.services.secretsmanager.Secret.Profile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies of secrets.
final class SecretPolicies implements SecretsManager {
    private final Secrets secrets;

    SecretPolicies(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest in) {
        Secret secret = secrets.primary(in.secretId());
        try {
            Document.parse(in.resourcePolicy(), Grammar.RESOURCE);
        } catch (Malformed malformed) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because("%s", malformed.message());
        }
        if (in.blockPublicPolicy().orElse(false) && isPublic(in.resourcePolicy())) {
            throw PUBLIC_POLICY_EXCEPTION.because("The resource policy grants broad access to the secret.");
        }
        rule(secret, kept(in.resourcePolicy()));
        return new PutResourcePolicyResponse().arn(secrets.arn(secret)).name(secret.name());
    }

    private String kept(String policy) {
        return secrets.kernel()
                .kept(
                        policy,
                        _ -> MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                                "This resource policy contains an unsupported principal."));
    }

    private void rule(Secret secret, String policy) {
        Profile old = secret.profile();
        secrets.put(secret.with(new Profile(old.description(), old.kmsKeyId(), old.type(), policy)));
    }

    /// Whether a statement lets everybody in, without a condition.
    private static boolean isPublic(String text) {
        Object statements =
                Json.object(text).map(policy -> policy.get("Statement")).orElse(List.of());
        List<?> all = statements instanceof List<?> list ? list : List.of(statements);
        return all.stream()
                .anyMatch(each -> each instanceof Map<?, ?> statement
                        && "Allow".equals(statement.get("Effect"))
                        && !statement.containsKey("Condition")
                        && isEverybody(statement.get("Principal")));
    }

    private static boolean isEverybody(@Nullable Object principal) {
        Object named = principal instanceof Map<?, ?> kinds ? kinds.get("AWS") : principal;
        return "*".equals(named) || named instanceof List<?> list && list.contains("*");
    }

    @Override
    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest in) {
        Secret secret = secrets.alive(in.secretId());
        var told = new GetResourcePolicyResponse().arn(secrets.arn(secret)).name(secret.name());
        String policy = secret.profile().policy();
        return policy.isEmpty() ? told : told.resourcePolicy(secrets.kernel().shown(policy));
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest in) {
        Secret secret = secrets.primary(in.secretId());
        rule(secret, "");
        return new DeleteResourcePolicyResponse().arn(secrets.arn(secret)).name(secret.name());
    }

    @Override
    public ValidateResourcePolicyResponse validateResourcePolicy(ValidateResourcePolicyRequest in) {
        in.secretId().ifPresent(secrets::alive);
        try {
            Document.parse(in.resourcePolicy(), Grammar.RESOURCE);
        } catch (Malformed malformed) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because("%s", malformed.message());
        }
        boolean open = isPublic(in.resourcePolicy());
        var told = new ValidateResourcePolicyResponse().policyValidationPassed(!open);
        return told.validationErrors(
                open
                        ? List.of(new ValidationErrorsEntry()
                                .checkName("PUBLIC_POLICY")
                                .errorMessage("The resource policy grants broad access to the secret."))
                        : List.of());
    }
}

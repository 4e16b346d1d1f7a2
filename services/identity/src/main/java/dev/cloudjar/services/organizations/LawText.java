package dev.cloudjar.services.organizations;

import static java.util.Map.entry;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the text of a policy must be, by its type: one of IAM's language, or of the language of management
/// policies, in which values stand behind operators.
final class LawText {
    private static final String CHILDREN = "@@operators_allowed_for_child_policies";
    private static final Set<String> OPERATORS = Set.of("@@assign", "@@append", "@@remove", CHILDREN);
    private static final Set<String> LEFT_TO_CHILDREN = Set.of("@@all", "@@none", "@@assign", "@@append", "@@remove");

    /// What a management policy begins with, how long it may be, and how many may be attached to one target.
    private record Form(String top, int longest, int attached) {
        Form(String top) {
            this(top, 10_000, 10);
        }
    }

    private static final Form OF_IAM = new Form("", 5_120, 5);
    private static final Map<String, Form> FORMS = Map.ofEntries(
            entry(PolicyType.SERVICE_CONTROL_POLICY, OF_IAM),
            entry(PolicyType.RESOURCE_CONTROL_POLICY, OF_IAM),
            entry(PolicyType.AISERVICES_OPT_OUT_POLICY, new Form("services", 2_500, 5)),
            entry(PolicyType.CHATBOT_POLICY, new Form("chatbot", 10_000, 5)),
            entry(PolicyType.TAG_POLICY, new Form("tags")),
            entry(PolicyType.BACKUP_POLICY, new Form("plans")),
            entry(PolicyType.DECLARATIVE_POLICY_EC2, new Form("ec2_attributes")),
            entry(PolicyType.SECURITYHUB_POLICY, new Form("securityhub")),
            entry(PolicyType.INSPECTOR_POLICY, new Form("inspector")),
            entry(PolicyType.UPGRADE_ROLLOUT_POLICY, new Form("upgrade_rollout")),
            entry(PolicyType.BEDROCK_POLICY, new Form("bedrock")),
            entry(PolicyType.S3_POLICY, new Form("s3_attributes")),
            entry(PolicyType.NETWORK_SECURITY_DIRECTOR_POLICY, new Form("network_security_director")));

    private LawText() {}

    private static Form form(String type) {
        return Objects.requireNonNull(FORMS.get(type), type);
    }

    static int mostAttached(String type) {
        return form(type).attached();
    }

    static void check(String type, String content) {
        if (content.length() > form(type).longest()) {
            throw Tree.refused(
                    Organizations.CONSTRAINT_VIOLATION_EXCEPTION,
                    Organizations.ConstraintViolationExceptionReason.POLICY_CONTENT_LIMIT_EXCEEDED,
                    "You have exceeded the maximum size of a policy.");
        }
        if (Tree.isAuthorization(type)) {
            checkStatements(type, content);
            return;
        }
        String top = form(type).top();
        boolean fits = Json.object(content)
                .filter(policy -> policy.keySet().equals(Set.of(top)))
                .filter(LawText::isInner)
                .isPresent();
        if (!fits) {
            throw malformed();
        }
    }

    private static void checkStatements(String type, String content) {
        try {
            boolean service = type.equals(PolicyType.SERVICE_CONTROL_POLICY);
            Document.parse(content, service ? Grammar.SERVICE_CONTROL : Grammar.RESOURCE_CONTROL);
        } catch (Malformed notOfThisLanguage) {
            throw malformed();
        }
    }

    /// Whether nothing but objects stands between the top and the operators.
    private static boolean isInner(Map<?, ?> object) {
        return object.entrySet().stream()
                .allMatch(each -> String.valueOf(each.getKey()).startsWith("@@")
                        ? isOperation(String.valueOf(each.getKey()), each.getValue())
                        : each.getValue() instanceof Map<?, ?> inner && isInner(inner));
    }

    private static boolean isOperation(String operator, @Nullable Object operand) {
        if (!operator.equals(CHILDREN)) {
            return OPERATORS.contains(operator) && !(operand instanceof Map);
        }
        return operand instanceof List<?> left
                && left.stream().map(String::valueOf).allMatch(LEFT_TO_CHILDREN::contains);
    }

    private static AwsError malformed() {
        return Organizations.MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(
                "The provided policy document does not meet the requirements of the specified policy type.");
    }
}

package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Utf8;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.Optional;

/// Resource-based policies of tables and streams.
final class Policies implements DynamoDb {
    private static final int LARGEST = 20 * 1024;
    private static final String NO_POLICY = "NO_POLICY";

    /// The policy of the resource with the ARN `key`.
    record AttachedPolicy(String key, String text, String revision) implements Row<String> {}

    private final Kernel kernel;
    private final Tables tables;
    private final Table<String, AttachedPolicy> rows;

    Policies(Kernel kernel, Tables tables) {
        this.kernel = kernel;
        this.tables = tables;
        this.rows = kernel.table(AttachedPolicy.class, Scope.REGION);
    }

    /// The policy of a resource, for whoever decides about access.
    Optional<String> text(String arn) {
        return rows.find(arn).map(AttachedPolicy::text);
    }

    @Override
    public PutResourcePolicyOutput putResourcePolicy(PutResourcePolicyInput in) {
        String arn = check(in.resourceArn());
        if (Utf8.length(in.policy()) > LARGEST) {
            throw LIMIT_EXCEEDED_EXCEPTION.because("Policy size exceeds the limit of 20 KB");
        }
        if (Json.object(in.policy())
                .filter(policy -> policy.containsKey("Statement"))
                .isEmpty()) {
            throw Refusals.invalid("The policy document is malformed: it is not a JSON object with a Statement");
        }
        Optional<AttachedPolicy> before = rows.find(arn);
        in.expectedRevisionId().ifPresent(expected -> checkRevision(arn, before, expected));
        AttachedPolicy policy = before.filter(same -> same.text().equals(in.policy()))
                .orElseGet(() -> new AttachedPolicy(
                        arn, in.policy(), Long.toString(kernel.ids().sequence())));
        return new PutResourcePolicyOutput().revisionId(rows.put(policy).revision());
    }

    private static void checkRevision(String arn, Optional<AttachedPolicy> before, String expected) {
        if (!before.map(AttachedPolicy::revision).orElse(NO_POLICY).equals(expected)) {
            throw POLICY_NOT_FOUND_EXCEPTION.because(
                    "Resource-based policy not found for the provided ResourceArn: Requested policy update"
                            + " expecting policy with revision id %s for resource %s",
                    expected, arn);
        }
    }

    @Override
    public GetResourcePolicyOutput getResourcePolicy(GetResourcePolicyInput in) {
        AttachedPolicy policy = get(check(in.resourceArn()));
        return new GetResourcePolicyOutput().policy(policy.text()).revisionId(policy.revision());
    }

    private AttachedPolicy get(String arn) {
        return rows.find(arn)
                .orElseThrow(() -> POLICY_NOT_FOUND_EXCEPTION.because(
                        "Resource-based policy not found for the provided ResourceArn: %s", arn));
    }

    @Override
    public DeleteResourcePolicyOutput deleteResourcePolicy(DeleteResourcePolicyInput in) {
        String arn = check(in.resourceArn());
        Optional<AttachedPolicy> policy = rows.find(arn);
        in.expectedRevisionId().ifPresent(expected -> checkRevision(arn, policy, expected));
        rows.remove(arn);
        return new DeleteResourcePolicyOutput().revisionId(policy.map(AttachedPolicy::revision));
    }

    /// The ARN, once it names a table that is there, or a stream of one.
    private String check(String arn) {
        String name = Arn.parse(arn)
                .filter(each -> each.resource().startsWith("table/"))
                .map(each -> each.resource().split("/", 3)[1])
                .orElseThrow(() -> Refusals.invalid("Invalid ResourceArn: %s", arn));
        if (tables.shelf().find(name).isEmpty()) {
            throw RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: ResourceArn: %s not found", arn);
        }
        return arn;
    }
}

package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Shelf;
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
    private final Shelf<DynamoTable> tables;
    private final Table<String, AttachedPolicy> rows;

    Policies(Kernel kernel, Shelf<DynamoTable> tables) {
        this.kernel = kernel;
        this.tables = tables;
        this.rows = kernel.table(AttachedPolicy.class, Scope.REGION);
    }

    /// The policy of a resource, for whoever decides about access.
    Optional<String> text(String arn) {
        return rows.find(arn).map(AttachedPolicy::text);
    }

    /// Attaches the policy that a table is made with.
    void attach(DynamoTable table, String text) {
        checkText(text);
        rows.put(new AttachedPolicy(table.arn().toString(), text, revision()));
    }

    private String revision() {
        return Long.toString(kernel.ids().sequence());
    }

    void forget(DynamoTable table) {
        rows.remove(table.arn().toString());
    }

    private static void checkText(String policy) {
        if (Utf8.length(policy) > LARGEST) {
            throw LIMIT_EXCEEDED_EXCEPTION.because("Policy size exceeds the limit of 20 KB");
        }
        if (Json.object(policy)
                .filter(document -> document.containsKey("Statement"))
                .isEmpty()) {
            throw Refusals.invalid("The policy document is malformed: it is not a JSON object with a Statement");
        }
    }

    @Override
    public PutResourcePolicyOutput putResourcePolicy(PutResourcePolicyInput in) {
        String arn = check(in.resourceArn());
        checkText(in.policy());
        Optional<AttachedPolicy> before = rows.find(arn);
        in.expectedRevisionId().ifPresent(expected -> checkRevision(arn, before, expected));
        AttachedPolicy policy = before.filter(same -> same.text().equals(in.policy()))
                .orElseGet(() -> new AttachedPolicy(arn, in.policy(), revision()));
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
        if (tables.find(name).isEmpty()) {
            throw RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: ResourceArn: %s not found", arn);
        }
        return arn;
    }
}

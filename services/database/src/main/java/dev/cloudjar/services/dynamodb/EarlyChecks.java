package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.Set;

/// What DynamoDB refuses of a table's name before it looks at the rest of a request. Operations on tables have
/// words of their own for it; those on items use the framework's, which the model does not have since a name
/// may be an ARN.
final class EarlyChecks {
    private static final Set<String> ON_TABLES = Set.of(
            "CreateTable",
            "DeleteTable",
            "DescribeTable",
            "UpdateTable",
            "DescribeTimeToLive",
            "UpdateTimeToLive",
            "DescribeContinuousBackups",
            "UpdateContinuousBackups",
            "DescribeContributorInsights",
            "UpdateContributorInsights",
            "DescribeKinesisStreamingDestination",
            "EnableKinesisStreamingDestination",
            "DisableKinesisStreamingDestination",
            "UpdateKinesisStreamingDestination",
            "DescribeTableReplicaAutoScaling",
            "UpdateTableReplicaAutoScaling");
    private static final Set<String> ON_ITEMS =
            Set.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan");

    private EarlyChecks() {}

    static void check(OperationSchema operation, Struct input) {
        if (ON_ITEMS.contains(operation.name())) {
            checkOnItems(input);
        } else if (ON_TABLES.contains(operation.name())) {
            if (!(input.get("TableName") instanceof String name)) {
                throw Refusals.invalid("The parameter 'TableName' is required but was not present in the request");
            }
            if (!name.startsWith("arn:")) {
                TableNames.check(name);
            }
        }
    }

    private static void checkOnItems(Struct input) {
        if (!(input.get("TableName") instanceof String name) || name.startsWith("arn:") || TableNames.isValid(name)) {
            return;
        }
        String constraint = name.length() < 3
                ? "Member must have length greater than or equal to " + (name.isEmpty() ? 1 : 3)
                : name.length() > 255
                        ? "Member must have length less than or equal to 255"
                        : "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
        throw Refusals.invalid(
                "1 validation error detected: Value '%s' at 'tableName' failed to satisfy constraint: %s",
                name, constraint);
    }
}

package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AutoScalingPolicyDescription;
import dev.cloudjar.api.DynamoDb.AutoScalingPolicyUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsDescription;
import dev.cloudjar.api.DynamoDb.AutoScalingSettingsUpdate;
import dev.cloudjar.api.DynamoDb.AutoScalingTargetTrackingScalingPolicyConfigurationDescription;
import dev.cloudjar.api.DynamoDb.ReplicaGlobalSecondaryIndexAutoScalingDescription;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.dynamodb.Allowance.Use;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the capacity of tables and indexes of a region is to follow their use: kept as AWS shows it, for
/// Application Auto Scaling to act upon.
final class Scaling {
    private static final String ROLE =
            "arn:aws:iam::%s:role/aws-service-role/dynamodb.application-autoscaling.amazonaws"
                    + ".com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";

    /// Settings as a document, of a table or of its index where one is named.
    record Setting(Key key, String document) implements Row<Setting.Key> {
        record Key(String table, String index, String use) {}
    }

    private final Table<Setting.Key, Setting> rows;

    Scaling(Kernel kernel) {
        this.rows = kernel.table(Setting.class, Scope.REGION);
    }

    private static Setting.Key key(String table, String index, Use use) {
        return new Setting.Key(table, index, use.name());
    }

    /// What holds for a table, or for its index where `index` is not empty.
    AutoScalingSettingsDescription find(String table, String index, Use use) {
        return rows.find(key(table, index, use))
                .map(row -> StructJson.read(row.document(), new AutoScalingSettingsDescription()))
                .orElseGet(() -> new AutoScalingSettingsDescription().autoScalingDisabled(true));
    }

    ReplicaGlobalSecondaryIndexAutoScalingDescription describe(String table, Index index, Instant now) {
        return new ReplicaGlobalSecondaryIndexAutoScalingDescription()
                .indexName(index.name())
                .indexStatus(index.phase().at(now))
                .provisionedReadCapacityAutoScalingSettings(find(table, index.name(), Use.READ))
                .provisionedWriteCapacityAutoScalingSettings(find(table, index.name(), Use.WRITE));
    }

    void update(String table, String index, Use use, Optional<AutoScalingSettingsUpdate> asked) {
        asked.ifPresent(update -> {
            AutoScalingSettingsDescription next = update.autoScalingDisabled().orElse(false)
                    ? new AutoScalingSettingsDescription().autoScalingDisabled(true)
                    : changed(find(table, index, use), update, policyName(table, index, use));
            rows.put(new Setting(key(table, index, use), StructJson.write(next)));
        });
    }

    private static String policyName(String table, String index, Use use) {
        String kind = use == Use.READ ? "Read" : "Write";
        return String.format(
                Locale.ROOT,
                "DynamoDB%sCapacityUtilization:table/%s%s",
                kind,
                table,
                index.isEmpty() ? "" : "/index/" + index);
    }

    private static AutoScalingSettingsDescription changed(
            AutoScalingSettingsDescription before, AutoScalingSettingsUpdate update, String policyName) {
        var next = new AutoScalingSettingsDescription()
                .minimumUnits(update.minimumUnits().or(before::minimumUnits))
                .maximumUnits(update.maximumUnits().or(before::maximumUnits))
                .autoScalingDisabled(false)
                .autoScalingRoleArn(update.autoScalingRoleArn()
                        .or(before::autoScalingRoleArn)
                        .orElse(ROLE.formatted(Call.current().account())))
                .scalingPolicies(update.scalingPolicyUpdate()
                        .map(policy -> List.of(policy(policy, policyName)))
                        .orElse(before.scalingPolicies()));
        if (next.minimumUnits().isEmpty() || next.maximumUnits().isEmpty()) {
            throw Refusals.parameters("MinimumUnits and MaximumUnits must be specified to enable auto scaling");
        }
        if (next.minimumUnits().get() > next.maximumUnits().get()) {
            throw Refusals.parameters("MinimumUnits must be less than or equal to MaximumUnits");
        }
        return next;
    }

    private static AutoScalingPolicyDescription policy(AutoScalingPolicyUpdate asked, String name) {
        return new AutoScalingPolicyDescription()
                .policyName(asked.policyName().orElse(name))
                .targetTrackingScalingPolicyConfiguration(
                        AutoScalingTargetTrackingScalingPolicyConfigurationDescription.from(
                                asked.targetTrackingScalingPolicyConfiguration()));
    }

    void forget(String table) {
        rows.rows(Span.under(table)).toList().forEach(row -> rows.remove(row.key()));
    }
}

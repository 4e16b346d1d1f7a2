package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.CreateBackupInput;
import dev.cloudjar.api.DynamoDb.CreateBackupOutput;
import dev.cloudjar.api.DynamoDb.CreateReplicationGroupMemberAction;
import dev.cloudjar.api.DynamoDb.DeleteBackupInput;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.DeleteTableInput;
import dev.cloudjar.api.DynamoDb.DescribeBackupInput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.PointInTimeRecoverySpecification;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.ReplicationGroupUpdate;
import dev.cloudjar.api.DynamoDb.RestoreTableFromBackupInput;
import dev.cloudjar.api.DynamoDb.RestoreTableToPointInTimeInput;
import dev.cloudjar.api.DynamoDb.ScanInput;
import dev.cloudjar.api.DynamoDb.ScanOutput;
import dev.cloudjar.api.DynamoDb.UpdateContinuousBackupsInput;
import dev.cloudjar.api.DynamoDb.UpdateTableInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tables come back as they were, from backups and at any second; and a global table is one table in several
/// regions.
class RestoreTest {
    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("log", "id:S"));
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        ScanOutput found = db.call(new ScanInput().tableName(table));
        return found.items();
    }

    @Test
    void aTableGoesBackToAnySecond() {
        db.call(new UpdateContinuousBackupsInput()
                .tableName("log")
                .pointInTimeRecoverySpecification(
                        new PointInTimeRecoverySpecification().pointInTimeRecoveryEnabled(true)));
        db.put("log", "id", "kept", "n", 1);
        db.put("log", "id", "gone", "n", 1);
        Instant then = db.world().time().now();
        db.pass(Duration.ofSeconds(1));
        db.put("log", "id", "kept", "n", 2);
        db.call(new DeleteItemInput().tableName("log").key(item("id", "gone")));
        db.put("log", "id", "new");

        var request =
                new RestoreTableToPointInTimeInput().sourceTableName("log").targetTableName("old");
        db.call(request.restoreDateTime(then));

        assertThat(scan("old")).containsExactlyInAnyOrder(item("id", "kept", "n", 1), item("id", "gone", "n", 1));
        assertThat(db.refusal(request)).isEqualTo("TableAlreadyExistsException: Table already exists: old");
        assertThat(db.refusal(request.targetTableName("older").restoreDateTime(then.minusSeconds(60))))
                .startsWith("InvalidRestoreTimeException");
    }

    @Test
    void aRestoreRefusesWhatItIsNotToldClearly() {
        db.call(new UpdateContinuousBackupsInput()
                .tableName("log")
                .pointInTimeRecoverySpecification(
                        new PointInTimeRecoverySpecification().pointInTimeRecoveryEnabled(true)));
        Instant now = db.world().time().now();
        var request =
                new RestoreTableToPointInTimeInput().sourceTableName("log").targetTableName("old");

        assertThat(db.refusal(request)).startsWith("ValidationException");
        assertThat(db.refusal(request.restoreDateTime(now).useLatestRestorableTime(true)))
                .startsWith("ValidationException");
        request.useLatestRestorableTime(false);
        assertThat(db.refusal(request.restoreDateTime(now.plusSeconds(1)))).startsWith("InvalidRestoreTimeException");
        request.restoreDateTime(now);
        assertThat(db.refusal(request.billingModeOverride("PROVISIONED")))
                .isEqualTo("ValidationException: One or more parameter values were invalid: ReadCapacityUnits and"
                        + " WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        assertThat(db.refusal(request.sourceTableName("missing"))).startsWith("TableNotFoundException");
        request.sourceTableName("log");
        db.call(request.provisionedThroughputOverride(
                new ProvisionedThroughput().readCapacityUnits(2).writeCapacityUnits(1)));
        DescribeTableOutput restored = db.call(new DescribeTableInput().tableName("old"));
        assertThat(restored.table()
                        .orElseThrow()
                        .provisionedThroughput()
                        .orElseThrow()
                        .readCapacityUnits())
                .contains(2L);
        assertThat(restored.table().orElseThrow().restoreSummary().orElseThrow().restoreDateTime())
                .isEqualTo(now);
    }

    @Test
    void aTableThatIsNotRecoverableStaysAsItIs() {
        assertThat(db.refusal(new RestoreTableToPointInTimeInput()
                        .sourceTableName("log")
                        .targetTableName("old")
                        .useLatestRestorableTime(true)))
                .isEqualTo("PointInTimeRecoveryUnavailableException: Point in time recovery is not enabled for table"
                        + " 'log'");
    }

    @Test
    void aBackupOutlivesItsTable() {
        db.put("log", "id", "a", "n", 1);
        CreateBackupOutput made =
                db.call(new CreateBackupInput().tableName("log").backupName("first"));
        String arn = made.backupDetails().orElseThrow().backupArn();
        db.put("log", "id", "b", "n", 2);
        db.call(new DeleteTableInput().tableName("log"));

        db.call(new RestoreTableFromBackupInput().backupArn(arn).targetTableName("back"));

        assertThat(scan("back")).containsExactly(item("id", "a", "n", 1));
        db.call(new DeleteBackupInput().backupArn(arn));
        assertThat(db.refusal(new DescribeBackupInput().backupArn(arn)))
                .isEqualTo("BackupNotFoundException: Backup not found: " + arn);
    }

    @Test
    void aWriteInOneRegionIsThereInAll() {
        db.put("log", "id", "before");
        var region = new CreateReplicationGroupMemberAction().regionName("eu-central-1");
        db.call(new UpdateTableInput()
                .tableName("log")
                .replicaUpdates(List.of(new ReplicationGroupUpdate().create(region))));
        String there = "arn:aws:dynamodb:eu-central-1:" + db.world().settings().account() + ":table/log";

        db.put("log", "id", "here", "n", 1);

        Database away = db.in("eu-central-1");
        assertThat(away.get(there, "id", "before")).isEqualTo(item("id", "before"));
        assertThat(away.get(there, "id", "here")).isEqualTo(item("id", "here", "n", 1));
        away.put(there, "id", "there");
        assertThat(db.get("log", "id", "there")).isEqualTo(item("id", "there"));
        assertThat(db.in("us-west-2")
                        .refusal(new GetItemInput().tableName("log").key(item("id", "here"))))
                .startsWith("ResourceNotFoundException");
    }
}

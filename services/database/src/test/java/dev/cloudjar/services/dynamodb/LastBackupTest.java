package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.BackupSummary;
import dev.cloudjar.api.DynamoDb.DeleteTableInput;
import dev.cloudjar.api.DynamoDb.ListBackupsInput;
import dev.cloudjar.api.DynamoDb.ListBackupsOutput;
import dev.cloudjar.api.DynamoDb.PointInTimeRecoverySpecification;
import dev.cloudjar.api.DynamoDb.RestoreTableFromBackupInput;
import dev.cloudjar.api.DynamoDb.UpdateContinuousBackupsInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The system makes a backup of a table that is deleted while it could be recovered.
class LastBackupTest {
    @AutoClose
    private final Database db = Database.fresh();

    @Test
    void aRecoverableTableLeavesABackupOfTheSystemForFiveWeeks() {
        db.call(table("log", "id:S"));
        db.call(new UpdateContinuousBackupsInput()
                .tableName("log")
                .pointInTimeRecoverySpecification(
                        new PointInTimeRecoverySpecification().pointInTimeRecoveryEnabled(true)));
        db.put("log", "id", "kept");
        db.call(new DeleteTableInput().tableName("log"));
        db.pass(Duration.ofSeconds(1));

        assertThat(backups("USER")).isEmpty();
        BackupSummary left = backups("SYSTEM").getFirst();
        assertThat(left.backupName()).contains("log$DeletedTableBackup");
        db.call(new RestoreTableFromBackupInput()
                .backupArn(left.backupArn().orElseThrow())
                .targetTableName("log"));
        assertThat(db.get("log", "id", "kept")).isEqualTo(item("id", "kept"));
        db.pass(Duration.ofDays(34));
        assertThat(backups("ALL")).hasSize(1);
        db.pass(Duration.ofDays(1));
        assertThat(backups("ALL")).isEmpty();
    }

    private List<BackupSummary> backups(String type) {
        ListBackupsOutput found = db.call(new ListBackupsInput().backupType(type));
        return found.backupSummaries();
    }
}

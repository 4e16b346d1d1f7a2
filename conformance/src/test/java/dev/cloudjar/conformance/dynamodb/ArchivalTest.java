package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// A table whose key cannot be used says since when, and after seven days there is only a backup of it.
@OnCloud(alone = true)
@Tag("acceptance")
class ArchivalTest {
    private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("a"));

    private final TestCloud cloud;
    private final DynamoDbClient dynamoDb;
    private final DynamoDbStreamsClient streams;
    private final KmsClient kms;
    private String key = "";

    ArchivalTest(TestCloud cloud, DynamoDbClient dynamoDb) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
        this.streams = Clients.with(DynamoDbStreamsClient.builder(), cloud);
        this.kms = Clients.with(KmsClient.builder(), cloud);
    }

    @AfterEach
    void close() {
        kms.close();
        streams.close();
    }

    @BeforeEach
    void makeAKey() {
        key = kms.createKey().keyMetadata().arn();
    }

    private void create(String table) {
        dynamoDb.createTable(IdTable.named(table)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))
                .sseSpecification(s -> s.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(key))
                .build());
        dynamoDb.putItem(p -> p.tableName(table).item(ITEM));
    }

    private TableDescription described(String table) {
        return dynamoDb.describeTable(d -> d.tableName(table)).table();
    }

    private Instant now() {
        return cloud.world().time().now();
    }

    @Test
    void aTableThatStaysLockedOutIsArchived() {
        create("kept");
        kms.disableKey(k -> k.keyId(key));
        Instant noticed = described("kept").sseDescription().inaccessibleEncryptionDateTime();
        assertThat(noticed).isBetween(now().minusSeconds(60), now());
        cloud.advance(Duration.ofDays(6));
        TableDescription still = described("kept");
        assertThat(still.tableStatusAsString()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
        assertThat(still.sseDescription().inaccessibleEncryptionDateTime()).isEqualTo(noticed);
        assertThat(still.archivalSummary()).isNull();

        cloud.advance(Duration.ofDays(1).plusMinutes(1));

        TableDescription archived = described("kept");
        assertThat(archived.tableStatusAsString()).isEqualTo("ARCHIVED");
        assertThat(archived.archivalSummary().archivalReason()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
        assertThat(archived.archivalSummary().archivalDateTime()).isAfterOrEqualTo(noticed.plus(Duration.ofDays(7)));
        String backup = archived.archivalSummary().archivalBackupArn();
        assertThatThrownBy(() ->
                        dynamoDb.restoreTableFromBackup(r -> r.backupArn(backup).targetTableName("kept2")))
                .hasMessageContaining("DisabledException");
        kms.enableKey(k -> k.keyId(key));
        assertThat(described("kept").tableStatusAsString()).isEqualTo("ARCHIVED");
        assertThatThrownBy(() -> dynamoDb.getItem(g -> g.tableName("kept").key(ITEM)))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> dynamoDb.updateTable(u -> u.tableName("kept").deletionProtectionEnabled(true)))
                .isInstanceOf(ResourceInUseException.class);
        dynamoDb.deleteTable(d -> d.tableName("kept"));
        dynamoDb.restoreTableFromBackup(r -> r.backupArn(backup).targetTableName("kept"));
        assertThat(dynamoDb.getItem(g -> g.tableName("kept").key(ITEM)).item()).isEqualTo(ITEM);
    }

    @Test
    void aLostKeyIsNoticedThoughNobodyLooks() {
        create("alone");
        kms.scheduleKeyDeletion(k -> k.keyId(key).pendingWindowInDays(30));

        cloud.advance(Duration.ofDays(8).plusMinutes(1));

        assertThat(described("alone").tableStatusAsString()).isEqualTo("ARCHIVED");
    }

    @Test
    void aKeyThatComesBackInTimeOpensItsTable() {
        create("spared");
        kms.disableKey(k -> k.keyId(key));
        described("spared");
        cloud.advance(Duration.ofDays(6));
        kms.enableKey(k -> k.keyId(key));

        TableDescription open = described("spared");
        assertThat(open.tableStatusAsString()).isEqualTo("ACTIVE");
        assertThat(open.sseDescription().inaccessibleEncryptionDateTime()).isNull();
        cloud.advance(Duration.ofDays(2));
        kms.disableKey(k -> k.keyId(key));
        cloud.advance(Duration.ofDays(1).plusMinutes(1));

        assertThat(described("spared").tableStatusAsString()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
    }

    @Test
    void theStreamOfALockedTableIsShutToo() {
        create("told");
        String stream = described("told").latestStreamArn();
        String shard = streams.describeStream(d -> d.streamArn(stream))
                .streamDescription()
                .shards()
                .getFirst()
                .shardId();
        String iterator = streams.getShardIterator(
                        g -> g.streamArn(stream).shardId(shard).shardIteratorType("TRIM_HORIZON"))
                .shardIterator();
        assertThat(streams.getRecords(g -> g.shardIterator(iterator)).records()).hasSize(1);

        kms.disableKey(k -> k.keyId(key));

        assertThatThrownBy(() -> streams.getRecords(g -> g.shardIterator(iterator)))
                .hasMessageContaining("DisabledException");
    }
}

package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// A table under a customer's key is open to those who may use the key, and while it can be used.
@OnCloud
@Tag("acceptance")
class TableKeyTest {
    private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("a"));

    private final TestCloud cloud;
    private final DynamoDbClient dynamoDb;
    private final IamClient iam;
    private final KmsClient kms;

    TableKeyTest(TestCloud cloud, DynamoDbClient dynamoDb, IamClient iam) {
        this.cloud = cloud;
        this.dynamoDb = dynamoDb;
        this.iam = iam;
        this.kms = Clients.with(KmsClient.builder(), cloud);
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private String key;

    @BeforeEach
    void makeAKey() {
        key = kms.createKey().keyMetadata().arn();
    }

    private void create(String table, String keyId) {
        dynamoDb.createTable(IdTable.named(table)
                .sseSpecification(s -> s.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(keyId))
                .build());
    }

    private TableStatus status(String table) {
        return dynamoDb.describeTable(d -> d.tableName(table)).table().tableStatus();
    }

    @Test
    void aDisabledKeyShutsItsTable() {
        create("shut", key);
        dynamoDb.putItem(p -> p.tableName("shut").item(ITEM));
        kms.disableKey(k -> k.keyId(key));

        assertThatThrownBy(() -> dynamoDb.getItem(g -> g.tableName("shut").key(ITEM)))
                .hasMessageContaining("KMS validation error: com.amazonaws.services.kms.model.DisabledException: " + key
                        + " is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException;");
        assertThatThrownBy(() -> dynamoDb.putItem(p -> p.tableName("shut").item(ITEM)))
                .hasMessageContaining("DisabledException");
        assertThatThrownBy(() -> dynamoDb.scan(s -> s.tableName("shut"))).hasMessageContaining("DisabledException");
        assertThat(status("shut")).isEqualTo(TableStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS);

        kms.enableKey(k -> k.keyId(key));

        assertThat(status("shut")).isEqualTo(TableStatus.ACTIVE);
        assertThat(dynamoDb.getItem(g -> g.tableName("shut").key(ITEM)).item()).isEqualTo(ITEM);
    }

    @Test
    void aKeyThatIsNotThereEncryptsNoTable() {
        String missing = key.replaceFirst("key/.*", "key/00000000-0000-4000-8000-000000000000");

        assertThatThrownBy(() -> create("none", missing))
                .hasMessageContaining(
                        "KMS validation error: com.amazonaws.services.kms.model.NotFoundException: Key '" + missing
                                + "' does not exist (Service: AWSKMS; Status Code: 400; Error Code: NotFoundException;");
        create("one", key);
    }

    @Test
    void whoMayNotUseTheKeySeesNoItem() {
        create("secret", key);
        dynamoDb.putItem(p -> p.tableName("secret").item(ITEM));
        iam.createUser(u -> u.userName("reader"));
        allow("dynamodb:*");
        var issued = iam.createAccessKey(k -> k.userName("reader")).accessKey();
        try (DynamoDbClient theirs = Clients.with(
                DynamoDbClient.builder(),
                cloud,
                AwsBasicCredentials.create(issued.accessKeyId(), issued.secretAccessKey()))) {
            assertThatThrownBy(() -> theirs.getItem(g -> g.tableName("secret").key(ITEM)))
                    .hasMessageContaining(
                            "KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException:"
                                    + " The ciphertext refers to a customer master key that does not exist");

            allow("dynamodb:*\",\"kms:Decrypt");

            assertThat(theirs.getItem(g -> g.tableName("secret").key(ITEM)).item())
                    .isEqualTo(ITEM);
        }
    }

    private void allow(String actions) {
        iam.putUserPolicy(p -> p.userName("reader")
                .policyName("read")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
                        + actions + "\"],\"Resource\":\"*\"}]}"));
    }
}

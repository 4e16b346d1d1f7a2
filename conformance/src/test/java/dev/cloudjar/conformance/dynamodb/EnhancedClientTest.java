package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The SDK's mapper of beans: tables, versions, indexes, pages, batches and transactions.
@OnCloud
@Tag("acceptance")
class EnhancedClientTest {
    private final DynamoDbEnhancedClient client;
    private final DynamoDbEnhancedClient withoutVersions;
    private final DynamoDbTable<Account> accounts;

    EnhancedClientTest(DynamoDbClient dynamoDb) {
        this.client = DynamoDbEnhancedClient.builder().dynamoDbClient(dynamoDb).build();
        this.withoutVersions = DynamoDbEnhancedClient.builder()
                .dynamoDbClient(dynamoDb)
                .extensions(List.of())
                .build();
        this.accounts = client.table("accounts", TableSchema.fromBean(Account.class));
    }

    @BeforeEach
    void makeTheTable() {
        try {
            accounts.createTable(table -> table.globalSecondaryIndices(index -> index.indexName("by-bank")
                    .projection(projection -> projection.projectionType(ProjectionType.ALL))));
        } catch (ResourceInUseException there) {
            assertThat(there).hasMessageContaining("Table already exists: accounts");
        }
    }

    private static Key key(String owner, int number) {
        return Key.builder().partitionValue(owner).sortValue(number).build();
    }

    @Test
    void aBeanIsReadAsItWasWritten() {
        accounts.putItem(Account.of("ann", 1, "north", 50));

        Account found = accounts.getItem(key("ann", 1));

        assertThat(found.getBalance()).isEqualTo(50);
        assertThat(found.getVersion()).isEqualTo(1L);
        assertThat(accounts.getItem(key("ann", 2))).isNull();
    }

    @Test
    void aLostUpdateIsRefused() {
        accounts.putItem(Account.of("bob", 1, "north", 50));
        Account mine = accounts.getItem(key("bob", 1));
        Account theirs = accounts.getItem(key("bob", 1));
        theirs.setBalance(40);
        accounts.updateItem(theirs);

        assertThatThrownBy(() -> accounts.updateItem(mine))
                .isInstanceOf(ConditionalCheckFailedException.class)
                .hasMessageContaining("The conditional request failed");
        assertThat(accounts.getItem(key("bob", 1)).getBalance()).isEqualTo(40);
    }

    @Test
    void indexesAreQueriedPageByPage() {
        for (int i = 0; i < 7; i++) {
            accounts.putItem(Account.of("cat", i, "south", i));
        }
        var where = QueryConditional.keyEqualTo(key -> key.partitionValue("south"));

        List<Page<Account>> pages =
                accounts
                        .index("by-bank")
                        .query(query -> query.queryConditional(where).limit(3))
                        .stream()
                        .toList();

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(page -> page.items().stream()).map(Account::getNumber))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void manyAreWrittenAndReadAtOnce() {
        var plain = withoutVersions.table("accounts", TableSchema.fromBean(Account.class));
        var writes = WriteBatch.builder(Account.class).mappedTableResource(plain);
        for (int i = 0; i < 25; i++) {
            writes.addPutItem(Account.of("dan", i, "west", i));
        }
        withoutVersions.batchWriteItem(batch -> batch.writeBatches(writes.build()));

        var where = QueryConditional.sortGreaterThanOrEqualTo(key("dan", 20));
        assertThat(accounts.query(query -> query.queryConditional(where).scanIndexForward(false))
                        .items())
                .extracting(Account::getNumber)
                .containsExactly(24, 23, 22, 21, 20);
    }

    @Test
    void aTransactionIsMadeWholeOrNotAtAll() {
        accounts.putItem(Account.of("eve", 1, "east", 10));
        var richer = Expression.builder().expression("balance > bank").build();

        assertThatThrownBy(() -> client.transactWriteItems(all -> all.addPutItem(
                                accounts, Account.of("eve", 2, "east", 5))
                        .addConditionCheck(
                                accounts, check -> check.key(key("eve", 1)).conditionExpression(richer))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(accounts.getItem(key("eve", 2))).isNull();

        client.transactWriteItems(all -> all.addPutItem(accounts, Account.of("eve", 2, "east", 5)));
        assertThat(accounts.getItem(key("eve", 2)).getBalance()).isEqualTo(5);
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.api.DynamoDb.BatchExecuteStatementInput;
import dev.cloudjar.api.DynamoDb.BatchExecuteStatementOutput;
import dev.cloudjar.api.DynamoDb.BatchStatementRequest;
import dev.cloudjar.api.DynamoDb.CancellationReason;
import dev.cloudjar.api.DynamoDb.ConditionCheck;
import dev.cloudjar.api.DynamoDb.ExecuteStatementInput;
import dev.cloudjar.api.DynamoDb.ExecuteStatementOutput;
import dev.cloudjar.api.DynamoDb.Put;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.TransactionCanceledException;
import dev.cloudjar.api.DynamoDb.Update;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Transactions are made whole or not at all, once for each token, and as if one after another.
class TransactionTest {
    private static final int ACCOUNTS = 5;
    private static final int EACH = 100;

    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("bank", "id:S"));
    }

    private static TransactWriteItem put(String id, String condition) {
        var put = new Put().tableName("bank").item(item("id", id));
        return new TransactWriteItem().put(condition.isEmpty() ? put : put.conditionExpression(condition));
    }

    private static TransactWriteItem move(String id, int amount) {
        return new TransactWriteItem()
                .update(new Update()
                        .tableName("bank")
                        .key(item("id", id))
                        .updateExpression("ADD balance :a")
                        .conditionExpression("balance >= :least")
                        .expressionAttributeValues(item(":a", amount, ":least", Math.max(0, -amount))));
    }

    private static TransactWriteItemsInput all(TransactWriteItem... actions) {
        return new TransactWriteItemsInput().transactItems(List.of(actions));
    }

    @Test
    void aRefusedActionCancelsAllAndSaysWhich() {
        db.put("bank", "id", "there");
        var request = all(put("new", ""), put("there", "attribute_not_exists(id)"));

        AwsError refused = catchThrowableOfType(AwsError.class, () -> db.call(request));

        assertThat(refused.message())
                .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons [None,"
                        + " ConditionalCheckFailed]");
        var members = (TransactionCanceledException) refused.members().orElseThrow();
        assertThat(members.cancellationReasons())
                .containsExactly(
                        new CancellationReason().code("None"),
                        new CancellationReason()
                                .code("ConditionalCheckFailed")
                                .message("The conditional request failed"));
        assertThat(db.get("bank", "id", "new")).isEmpty();
    }

    @Test
    void anItemIsTouchedOnce() {
        assertThat(db.refusal(all(put("a", ""), put("a", ""))))
                .isEqualTo("ValidationException: Transaction request cannot include multiple operations on one item");
        assertThat(db.refusal(all(put("a", ""), put("b", "")))).isEqualTo("not refused");
    }

    @Test
    void aCheckGuardsWithoutWriting() {
        var check = new ConditionCheck()
                .tableName("bank")
                .key(item("id", "guard"))
                .conditionExpression("attribute_exists(id)");
        var request = all(new TransactWriteItem().conditionCheck(check), put("a", ""));

        assertThat(db.refusal(request)).contains("[ConditionalCheckFailed, None]");
        db.put("bank", "id", "guard");
        assertThat(db.refusal(request)).isEqualTo("not refused");
    }

    @Test
    void aTokenHasATransactionMadeOnceForTenMinutes() {
        db.put("bank", "id", "a", "balance", 1);
        var request = all(move("a", 5)).clientRequestToken("token");

        db.call(request);
        db.call(request);
        assertThat(db.get("bank", "id", "a")).isEqualTo(item("id", "a", "balance", 6));
        assertThat(db.refusal(all(move("a", 6)).clientRequestToken("token")))
                .startsWith("IdempotentParameterMismatchException");

        db.pass(Duration.ofMinutes(11));
        db.call(request);
        assertThat(db.get("bank", "id", "a")).isEqualTo(item("id", "a", "balance", 11));
    }

    @Test
    void concurrentTransfersKeepTheSumAndNoBalanceIsOverdrawn() throws InterruptedException {
        IntStream.range(0, ACCOUNTS).forEach(i -> db.put("bank", "id", "a" + i, "balance", EACH));

        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            var random = new SplittableRandom(client);
            clients.add(Thread.startVirtualThread(() -> transfer(random)));
        }
        for (Thread client : clients) {
            client.join();
        }

        List<Integer> balances = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> db.get("bank", "id", "a" + i))
                .flatMap(item -> item.values().stream())
                .flatMap(value -> value.n().stream())
                .map(Integer::parseInt)
                .toList();
        assertThat(balances).hasSize(ACCOUNTS).allMatch(balance -> balance >= 0);
        assertThat(balances.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ACCOUNTS * EACH);
    }

    private void transfer(SplittableRandom random) {
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(ACCOUNTS);
            int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            int amount = random.nextInt(1, 60);
            String refusal = db.refusal(all(move("a" + from, -amount), move("a" + to, amount)));
            assertThat(refusal).matches("not refused|.*ConditionalCheckFailed, None.|.*TransactionConflict.*");
        }
    }

    @Test
    void statementsOfPartiqlDoWhatExpressionsDo() {
        run("INSERT INTO bank VALUE {'id': 'p', 'balance': 1, 'tags': <<'x'>>}");
        run("UPDATE bank SET balance = balance + 4 SET tags = set_add(tags, <<'y'>>) WHERE id = 'p'");

        assertThat(run("SELECT balance FROM bank WHERE id = 'p' AND contains(tags, 'y')"))
                .isEqualTo(new ExecuteStatementOutput().items(List.of(item("balance", 5))));
        assertThat(run("SELECT * FROM bank WHERE balance IN [1, 2]").items()).isEmpty();
        assertThat(db.refusal(new ExecuteStatementInput().statement("INSERT INTO bank VALUE {'id': 'p'}")))
                .isEqualTo("DuplicateItemException: Duplicate primary key exists in table");

        run("DELETE FROM bank WHERE id = 'p'");
        assertThat(db.get("bank", "id", "p")).isEmpty();
    }

    @Test
    void aBatchOfStatementsReadsOrWrites() {
        db.put("bank", "id", "a");
        var read = new BatchStatementRequest().statement("SELECT * FROM bank WHERE id = 'a'");
        var write = new BatchStatementRequest().statement("DELETE FROM bank WHERE id = 'a'");
        var check = new BatchStatementRequest().statement("EXISTS(SELECT * FROM bank WHERE id = 'a')");

        assertThat(db.refusal(new BatchExecuteStatementInput().statements(List.of(read, write))))
                .startsWith("ValidationException");
        BatchExecuteStatementOutput checked = db.call(new BatchExecuteStatementInput().statements(List.of(check)));
        assertThat(checked.responses().getFirst().error().orElseThrow().code()).contains("ValidationError");
        db.call(new BatchExecuteStatementInput().statements(List.of(write)));
        assertThat(db.get("bank", "id", "a")).isEmpty();
    }

    private ExecuteStatementOutput run(String statement) {
        return db.call(new ExecuteStatementInput().statement(statement));
    }
}

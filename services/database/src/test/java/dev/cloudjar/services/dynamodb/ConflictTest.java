package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.ExecuteTransactionInput;
import dev.cloudjar.api.DynamoDb.Get;
import dev.cloudjar.api.DynamoDb.ParameterizedStatement;
import dev.cloudjar.api.DynamoDb.TransactGetItem;
import dev.cloudjar.api.DynamoDb.TransactGetItemsInput;
import dev.cloudjar.api.DynamoDb.TransactWriteItem;
import dev.cloudjar.api.DynamoDb.TransactWriteItemsInput;
import dev.cloudjar.api.DynamoDb.Update;
import dev.cloudjar.api.DynamoDb.UpdateItemInput;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who comes to an item on which a transaction is at work is told so, and nothing that was told to be done is
/// lost.
class ConflictTest {
    private static final int CLIENTS = 64;
    private static final int MOST = 20_000;
    private static final String CANCELLED =
            "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific"
                    + " reasons [";

    @AutoClose
    private final Database db = Database.fresh();

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void makeATable() {
        db.call(table("hot", "id:S"));
        db.put("hot", "id", "a", "n", 0);
    }

    private static TransactWriteItemsInput together(String... ids) {
        return new TransactWriteItemsInput()
                .transactItems(Stream.of(ids)
                        .map(id -> new TransactWriteItem()
                                .update(new Update()
                                        .tableName("hot")
                                        .key(item("id", id))
                                        .updateExpression("ADD n :one")
                                        .expressionAttributeValues(item(":one", 1))))
                        .toList());
    }

    private static UpdateItemInput alone() {
        return new UpdateItemInput()
                .tableName("hot")
                .key(item("id", "a"))
                .updateExpression("ADD n :one")
                .expressionAttributeValues(item(":one", 1));
    }

    private static ExecuteTransactionInput statement() {
        return new ExecuteTransactionInput()
                .transactStatements(
                        List.of(new ParameterizedStatement().statement("UPDATE hot SET n = n + 1 WHERE id = 'a'")));
    }

    private static TransactGetItemsInput reading() {
        return new TransactGetItemsInput()
                .transactItems(List.of(
                        new TransactGetItem().get_(new Get().tableName("hot").key(item("id", "a")))));
    }

    /// Has many clients ask at once, again and again, until all of `expected` was answered.
    private void askUntil(Set<String> expected, Struct... requests) throws InterruptedException {
        var asked = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Struct request = requests[i % requests.length];
            clients.add(Thread.startVirtualThread(() -> {
                while (!answers.keySet().containsAll(expected) && asked.incrementAndGet() < MOST) {
                    answers.merge(request.shape().name() + " " + db.refusal(request), 1, Integer::sum);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(answers).containsKeys(expected.toArray(String[]::new));
    }

    private int done() {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().endsWith("Input not refused"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int count() {
        return Integer.parseInt(db.get("hot", "id", "a").entrySet().stream()
                .filter(attribute -> attribute.getKey().equals("n"))
                .flatMap(attribute -> attribute.getValue().n().stream())
                .findFirst()
                .orElseThrow());
    }

    @Test
    void transactionsThatMeetAreCancelled() throws InterruptedException {
        askUntil(
                Set.of("TransactWriteItemsInput " + CANCELLED + "None, TransactionConflict]"),
                together("b", "a"),
                together("a"));

        assertThat(count()).isEqualTo(done());
    }

    @Test
    void aWriteByItselfGivesWay() throws InterruptedException {
        askUntil(
                Set.of("UpdateItemInput TransactionConflictException: Transaction is ongoing for the item"),
                alone(),
                together("a"));

        assertThat(count()).isEqualTo(done());
    }

    @Test
    void statementsMeetAsActionsDo() throws InterruptedException {
        askUntil(
                Set.of(
                        "ExecuteTransactionInput " + CANCELLED + "TransactionConflict]",
                        "TransactWriteItemsInput " + CANCELLED + "TransactionConflict]"),
                statement(),
                together("a"));

        assertThat(count()).isEqualTo(done());
    }

    @Test
    void whoReadsTogetherIsRefusedToo() throws InterruptedException {
        askUntil(
                Set.of(
                        "TransactGetItemsInput " + CANCELLED + "TransactionConflict]",
                        "TransactGetItemsInput not refused"),
                reading(),
                together("a"));
    }

    @Test
    void aTransactionUnderWayIsNotBegunAgain() throws InterruptedException {
        askUntil(
                Set.of("TransactWriteItemsInput TransactionInProgressException: The transaction with the given request"
                        + " token is already in progress."),
                together("a").clientRequestToken("once"));

        assertThat(count()).isEqualTo(1);
    }
}

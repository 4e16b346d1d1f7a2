package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.kernel.store.Together;
import dev.cloudjar.kernel.store.TreeStore;
import dev.cloudjar.kernel.store.Tx;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Rows stand in the order of their keys, seen only in their scope, read by stretches.
class TableTest {
    record Message(Key key, String body) implements Row<Message.Key> {
        record Key(String queue, int shard, long number) {}

        static Message of(String queue, int shard, long number) {
            return new Message(new Key(queue, shard, number), queue + shard + number);
        }
    }

    private final Transactions transactions = new Transactions(TreeStore.inMemory());
    private final Table<Message.Key, Message> messages = table(Scope.REGION);

    private Table<Message.Key, Message> table(Scope scope) {
        return new Table<>(transactions, "test.Message" + scope, Message.class, scope);
    }

    private void fill() {
        Calls.run(() -> {
            for (long number = -2; number < 3; number++) {
                messages.put(Message.of("orders", 1, number));
                messages.put(Message.of("orders", 2, number));
                messages.put(Message.of("orders\0", 1, number));
                messages.put(Message.of("", 0, number));
            }
        });
    }

    private List<String> bodies(Span span) {
        return Calls.as(() ->
                transactions.run(() -> messages.rows(span).map(Message::body).toList()));
    }

    @Test
    void aSpanIsAStretchOfTheNextComponent() {
        fill();

        assertThat(bodies(Span.under("orders", 1).from(-1).until(2)))
                .containsExactly("orders1-1", "orders10", "orders11");
        assertThat(bodies(Span.under("orders", 1).from(0L).reversed()))
                .containsExactly("orders12", "orders11", "orders10");
        assertThat(bodies(Span.under("orders").until(2))).hasSize(5);
        assertThat(bodies(Span.under("orders"))).hasSize(10).doesNotHaveDuplicates();
        assertThat(bodies(Span.ALL.from("orders"))).hasSize(15);
        assertThat(bodies(Span.ALL))
                .hasSize(20)
                .isEqualTo(bodies(Span.ALL.reversed()).reversed());
        assertThat(bodies(Span.under("order"))).isEmpty();
        assertThat(bodies(Span.under("orders", 1).from(2).until(-1))).isEmpty();
    }

    @Test
    void countingAgreesWithReading() {
        fill();
        List<Span> spans = List.of(
                Span.ALL,
                Span.under("orders"),
                Span.under("orders", 1).from(-1).until(2),
                Span.under("orders", 1).from(2).until(-1),
                Span.under("nobody"));

        assertThat(spans)
                .allSatisfy(span -> assertThat(Calls.as(() -> messages.count(span)))
                        .isEqualTo(bodies(span).size()));
    }

    @Test
    void accountsAndRegionsDoNotSeeEachOther() {
        for (Scope scope : Scope.values()) {
            Table<Message.Key, Message> table = table(scope);
            Calls.as("1", "eu", () -> table.put(Message.of("q", 0, 1)));

            assertThat(Calls.as("1", "eu", () -> table.count(Span.ALL))).isEqualTo(1);
            assertThat(Calls.as("1", "us", () -> table.count(Span.ALL))).isEqualTo(scope == Scope.REGION ? 0 : 1);
            assertThat(Calls.as("2", "eu", () -> table.count(Span.ALL))).isEqualTo(scope == Scope.WORLD ? 1 : 0);
        }
    }

    @Test
    void rowsAreCreatedChangedMovedAndRemoved() {
        Calls.run(() -> {
            Message one = Message.of("q", 0, 1);
            Message two = Message.of("q", 0, 2);
            assertThat(messages.create(one)).isTrue();
            assertThat(messages.create(new Message(one.key(), "other"))).isFalse();
            assertThat(messages.find(one.key())).contains(one);
            assertThat(messages.updateIf(one.key(), m -> m.body().equals("no"), _ -> two))
                    .isEmpty();
            assertThat(messages.update(one.key(), _ -> two)).contains(two);
            assertThat(messages.has(one.key())).isFalse();
            assertThat(messages.update(one.key(), _ -> two)).isEmpty();
            assertThat(messages.removeIf(two.key(), _ -> false)).isFalse();
            assertThat(messages.remove(two.key())).isTrue();
            assertThat(messages.remove(two.key())).isFalse();
            assertThat(messages.count(Span.ALL)).isZero();
        });
    }

    @Test
    void aRowIsClaimedByOneOfMany() {
        Message message = Message.of("q", 0, 1);
        Calls.run(() -> messages.put(message));
        Table<Message.Key, Message> claims = table(Scope.WORLD);
        Together.run(
                16,
                random -> Calls.run(() -> transactions.run(() -> messages.updateIf(
                                message.key(), m -> m.body().equals(message.body()), m -> new Message(m.key(), "taken"))
                        .map(_ -> claims.put(Message.of("claim", 0, random.nextLong()))))));

        assertThat(Calls.as(() -> claims.count(Span.ALL))).isEqualTo(1);
    }

    @Test
    void rowsAreReadInATransactionOnly() {
        assertThatThrownBy(() -> Calls.run(() -> messages.rows(Span.ALL))).hasMessageContaining("in a transaction");
    }

    /// A refused transaction must not leave behind the belief that its description was kept.
    @Test
    void theDescriptionOfRowsIsKeptAlsoWhenTheFirstToWriteThemWasRefused() {
        assertThatThrownBy(() -> Calls.run(() -> transactions.run(() -> {
                    messages.put(Message.of("q", 0, 1));
                    messages.put(Message.of("q", 0, 2));
                    throw new IllegalArgumentException("refused");
                })))
                .hasMessage("refused");
        fill();

        assertThat(descriptions(transactions.store())).isEqualTo(1);
    }

    private static long descriptions(Store store) {
        byte[] from = KeyCodec.encode(new byte[0], "kernel.rows");
        Function<Tx, Long> count = tx -> tx.count(from, Keys.after(from));
        return store.transact(Store.Origin.NONE, count);
    }

    @Test
    void numbersStandInOrder() {
        record Numbered(Long key) implements Row<Long> {}
        var table = new Table<>(transactions, "test.Numbered", Numbered.class, Scope.WORLD);
        long[] numbers = {5, -5, Long.MIN_VALUE, 0, Long.MAX_VALUE, 1L << 32};
        Calls.run(() -> LongStream.of(numbers).forEach(n -> table.put(new Numbered(n))));

        assertThat(Calls.as(() -> transactions.run(
                        () -> table.rows(Span.ALL).map(Numbered::key).toList())))
                .isSorted()
                .hasSize(6);
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.DUPLICATE_ITEM_EXCEPTION;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Draft.Effect;
import dev.cloudjar.services.dynamodb.expression.KeyCondition;
import dev.cloudjar.services.dynamodb.expression.LegacyTest;
import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.partiql.Statement;
import dev.cloudjar.services.dynamodb.value.KeyBytes;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs single statements of PartiQL as the reads and writes that they are.
final class StatementRuns {
    private static final String TOKENS = "dynamodb.statement";

    private final Kernel kernel;
    private final Tables tables;
    private final Items items;

    StatementRuns(Kernel kernel, Tables tables, Items items) {
        this.kernel = kernel;
        this.tables = tables;
        this.items = items;
    }

    /// What a request says beside its statement.
    record Options(boolean consistent, Optional<Integer> limit, Optional<String> next, boolean returnsItemOnFailure) {}

    Conflicts conflicts() {
        return items.conflicts();
    }

    /// What a statement has found or changed.
    record Result(
            List<Map<String, Value>> items,
            Optional<String> next,
            Optional<Map<String, Value>> last,
            Consumption consumed) {
        static Result of(Optional<Map<String, Value>> item, Consumption consumed) {
            return new Result(item.stream().toList(), Optional.empty(), Optional.empty(), consumed);
        }
    }

    private DynamoTable table(Statement statement) {
        return tables.forItems(TableNames.of(statement.table()));
    }

    /// Runs a statement that stands by itself.
    Result run(Statement statement, Options options) {
        if (statement instanceof Statement.Select select) {
            return select(select, options);
        }
        Write write = write(statement, options);
        return result(statement, write, write.runAlone(items));
    }

    /// Runs a statement of a transaction.
    Result runTogether(Statement statement, Options options) {
        if (statement instanceof Statement.Select select) {
            return select(select, options);
        }
        Write write = write(statement, options);
        return result(statement, write, write.run(items));
    }

    private static Result result(Statement statement, Write write, Write.Outcome outcome) {
        return Result.of(write.returned(returning(statement), outcome.change()), outcome.consumed());
    }

    private Write write(Statement statement, Options options) {
        DynamoTable table = table(statement);
        Draft draft = switch (statement) {
            case Statement.Insert insert -> insert(table, insert);
            case Statement.Change change ->
                draft(table, change.parts(), new Effect.Change(change.update()), options, true);
            case Statement.Delete delete -> draft(table, delete.parts(), new Effect.Delete(), options, false);
            case Statement.Exists exists -> draft(table, exists.parts(), new Effect.Check(), options, true);
            case Statement.Select _ -> throw new IllegalArgumentException("a select writes nothing");
        };
        return draft.on(table);
    }

    static String returning(Statement statement) {
        return switch (statement) {
            case Statement.Change change -> change.returning();
            case Statement.Delete delete -> delete.returning();
            case Statement.Insert _, Statement.Exists _, Statement.Select _ -> "NONE";
        };
    }

    private Draft insert(DynamoTable table, Statement.Insert insert) {
        Draft.checkSize(insert.item());
        KeyChecks.checkItem(table, insert.item());
        Blob key = table.keys().bytes(insert.item()).orElseThrow();
        if (items.find(table, key).isPresent()) {
            throw DUPLICATE_ITEM_EXCEPTION.because("Duplicate primary key exists in table");
        }
        return new Draft(table.id(), insert.item(), Optional.empty(), new Effect.Put(), false, List.of());
    }

    private static Draft draft(
            DynamoTable table, List<Requirement> parts, Effect effect, Options options, boolean mustExist) {
        Map<String, Value> key = key(table, parts)
                .orElseThrow(() ->
                        Refusals.invalid("Where clause does not contain a mandatory equality on all key attributes"));
        List<Requirement> all = new ArrayList<>(parts);
        String hash = table.keys().hash().getFirst().name();
        Requirement there = LegacyTest.of(hash, Asks.EXISTS, List.of());
        boolean onlyKeys = parts.size() == table.keys().size();
        if (mustExist) {
            all.add(there);
        }
        Optional<Requirement> condition = mustExist || !onlyKeys
                ? Optional.of(
                        mustExist
                                ? new Requirement.All(all)
                                : new Requirement.Any(List.of(new Requirement.All(all), new Requirement.Not(there))))
                : Optional.empty();
        return new Draft(table.id(), key, condition, effect, options.returnsItemOnFailure(), List.of());
    }

    /// The key that some conditions name by equalities, if they name all of it.
    private static Optional<Map<String, Value>> key(DynamoTable table, List<Requirement> parts) {
        Map<String, KeyCondition.Demand> demands =
                KeyCondition.within(parts, table.keys().names()).demands();
        Map<String, Value> key = new LinkedHashMap<>();
        table.keys()
                .names()
                .forEach(name -> Optional.ofNullable(demands.get(name))
                        .filter(KeyCondition.Demand::isEquality)
                        .ifPresent(demand -> key.put(name, demand.values().getFirst())));
        return Optional.of(key).filter(all -> all.size() == table.keys().size());
    }

    static List<Requirement> parts(Statement statement) {
        return switch (statement) {
            case Statement.Select select -> select.parts();
            case Statement.Change change -> change.parts();
            case Statement.Delete delete -> delete.parts();
            case Statement.Exists exists -> exists.parts();
            case Statement.Insert _ -> List.of();
        };
    }

    /// Refuses a statement that may be about several items, where there may be one only.
    void checkSingle(Statement statement, String operation) {
        if (statement instanceof Statement.Select select
                && key(table(select), select.parts()).isEmpty()) {
            throw Refusals.invalid(
                    "Select statements within %s must specify the primary key in the where clause.", operation);
        }
    }

    /// The item that a statement is about.
    Item.Key key(Statement statement) {
        DynamoTable table = table(statement);
        Map<String, Value> key = statement instanceof Statement.Insert insert
                ? insert.item()
                : key(table, parts(statement)).orElse(Map.of());
        return new Item.Key(table.lot(), table.keys().bytes(key).orElseThrow(() -> KeyChecks.mismatch()));
    }

    private Result select(Statement.Select select, Options options) {
        DynamoTable table = table(select);
        Optional<Index> index = select.index()
                .map(name -> table.index(name)
                        .orElseThrow(() -> Refusals.invalid("The table does not have the specified index: %s", name)));
        var source = new Source(table, index, options.consistent());
        var choice = new Choice(Optional.empty(), select.projection());
        choice.check(source);
        Optional<Blob> start = options.next()
                .map(token -> Blob.of(HexFormat.of()
                        .parseHex(kernel.tokens()
                                .open(TOKENS, token)
                                .orElseThrow(() -> Refusals.invalid("The provided NextToken is invalid")))));
        var read = new PageRead(source, range(source, select, start), KeyCondition.NONE, select.descending());
        Optional<Requirement> filter = Optional.of(new Requirement.All(select.parts()));
        PageRead.Taken taken = read.take(items, options.limit(), new PageRead.Wanted(filter, choice));
        Optional<String> next = taken.last()
                .map(key -> source.startKey(key, _ -> {}).orElseThrow())
                .map(bytes -> kernel.tokens().seal(TOKENS, HexFormat.of().formatHex(bytes.bytes())));
        return new Result(
                taken.items().stream().map(item -> choice.of(item.values())).toList(),
                next,
                taken.last(),
                taken.consumed());
    }

    /// A statement that names the partition reads that partition; any other reads all.
    private static Items.Range range(Source source, Statement.Select select, Optional<Blob> start) {
        Keys keys = source.keys();
        Map<String, KeyCondition.Demand> demands =
                KeyCondition.within(select.parts(), keys.names()).demands();
        boolean partition = keys.hash().stream()
                .allMatch(hash -> Optional.ofNullable(demands.get(hash.name()))
                        .filter(KeyCondition.Demand::isEquality)
                        .isPresent());
        boolean simple = keys.range().size() <= 1;
        if (partition && simple) {
            return KeyRange.of(source, new KeyCondition(demands)).from(start, select.descending());
        }
        return new Items.Range(start.map(KeyBytes::after).orElse(Blob.EMPTY), KeyBytes.segment(1, 1));
    }
}

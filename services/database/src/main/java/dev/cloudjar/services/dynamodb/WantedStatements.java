package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.BatchExecuteStatementInput;
import dev.cloudjar.api.DynamoDb.ExecuteStatementInput;
import dev.cloudjar.api.DynamoDb.ExecuteTransactionInput;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.expression.Comparator;
import dev.cloudjar.services.dynamodb.expression.Operand;
import dev.cloudjar.services.dynamodb.expression.Predicate;
import dev.cloudjar.services.dynamodb.expression.Predicate.Asks;
import dev.cloudjar.services.dynamodb.expression.Requirement;
import dev.cloudjar.services.dynamodb.partiql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What statements of PartiQL want: each its own action on the table or index that it names.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
record WantedStatements(Shelf<DynamoTable> tables) {
    private static final String TRANSACTION = "ExecuteTransaction";

    /// What the statements of a request want, as far as they can be read; those that cannot are refused anyhow.
    List<Access> of(Struct input) {
        return switch (input) {
            case ExecuteStatementInput one ->
                statement(one.statement(), one.parameters())
                        .map(each -> of(each, Optional.empty()))
                        .toList();
            case BatchExecuteStatementInput some ->
                some.statements().stream()
                        .flatMap(each -> statement(each.statement(), each.parameters()))
                        .map(each -> of(each, Optional.empty()))
                        .toList();
            case ExecuteTransactionInput all ->
                all.transactStatements().stream()
                        .flatMap(each -> statement(each.statement(), each.parameters()))
                        .map(each -> of(each, Optional.of(TRANSACTION)))
                        .toList();
            default -> List.of();
        };
    }

    private static Stream<Statement> statement(String text, List<AttributeValue> parameters) {
        try {
            return Stream.of(Statements.parse(text, parameters));
        } catch (AwsError malformed) {
            return Stream.of();
        }
    }

    private Access of(Statement statement, Optional<String> enclosing) {
        List<String> hash = hash(statement);
        List<String> partitions = hash.isEmpty() ? List.of() : partitions(statement, hash.getFirst());
        boolean everywhere = hash.isEmpty()
                || hash.stream().anyMatch(name -> partitions(statement, name).isEmpty());
        return Wanted.about(
                Access.of("dynamodb:" + action(statement), resource(statement)),
                partitions,
                new StatementFacts(statement, enclosing, everywhere));
    }

    private static String action(Statement statement) {
        return switch (statement) {
            case Statement.Select _, Statement.Exists _ -> "PartiQLSelect";
            case Statement.Insert _ -> "PartiQLInsert";
            case Statement.Change _ -> "PartiQLUpdate";
            case Statement.Delete _ -> "PartiQLDelete";
        };
    }

    private static Optional<String> index(Statement statement) {
        return statement instanceof Statement.Select select ? select.index() : Optional.empty();
    }

    private static String resource(Statement statement) {
        String table = Wanted.arn(statement.table());
        return index(statement).map(name -> table + "/index/" + name).orElse(table);
    }

    /// The attributes that make the partition, of the table or index.
    private List<String> hash(Statement statement) {
        Optional<DynamoTable> table = tables.find(TableNames.of(statement.table()));
        return index(statement)
                .map(name -> table.flatMap(found -> found.index(name)).map(Index::keys))
                .orElseGet(() -> table.map(DynamoTable::keys))
                .map(Keys::hash)
                .orElse(List.of())
                .stream()
                .map(KeyAttribute::name)
                .toList();
    }

    /// The values of `hash` to which a statement keeps; none where it may be about any.
    private static List<String> partitions(Statement statement, String hash) {
        return statement instanceof Statement.Insert insert
                ? Optional.ofNullable(insert.item().get(hash)).flatMap(Wanted::text).stream()
                        .toList()
                : ofAny(StatementRuns.parts(statement), hash);
    }

    private static List<String> partitions(Requirement requirement, String hash) {
        return switch (requirement) {
            case Requirement.All all -> ofAny(all.parts(), hash);
            case Requirement.Any any -> ofEach(any.parts(), hash);
            case Requirement.Test test -> named(test, hash);
            case Requirement.Not _ -> List.of();
        };
    }

    private static List<String> ofAny(List<Requirement> parts, String hash) {
        return parts.stream()
                .map(part -> partitions(part, hash))
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> ofEach(List<Requirement> parts, String hash) {
        List<String> all = new ArrayList<>();
        for (Requirement part : parts) {
            List<String> some = partitions(part, hash);
            if (some.isEmpty()) {
                return some;
            }
            all.addAll(some);
        }
        return all;
    }

    private static List<String> named(Requirement.Test test, String hash) {
        boolean names = test.predicate() == Asks.IN
                || test.predicate() instanceof Predicate.Compares compares && compares.comparator() == Comparator.EQ;
        boolean partition = test.operands().getFirst() instanceof Operand.At at
                && at.path().isAttribute()
                && at.path().attribute().equals(hash);
        List<String> values = test.operands().stream()
                .skip(1)
                .filter(Operand.Given.class::isInstance)
                .flatMap(operand -> Wanted.text(((Operand.Given) operand).value()).stream())
                .toList();
        return names && partition && values.size() == test.operands().size() - 1 ? values : List.of();
    }
}

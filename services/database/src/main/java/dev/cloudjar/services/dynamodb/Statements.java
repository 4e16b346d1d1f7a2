package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Ongoing;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.partiql.Statement;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// PartiQL: ExecuteStatement, BatchExecuteStatement and ExecuteTransaction.
final class Statements implements DynamoDb {
    private static final int MOST_IN_BATCH = 25;
    private static final int MOST_IN_TRANSACTION = 100;

    private final StatementRuns runs;
    private final RequestTokens tokens;

    Statements(StatementRuns runs, RequestTokens tokens) {
        this.runs = runs;
        this.tokens = tokens;
    }

    static Statement parse(String text, List<AttributeValue> parameters) {
        List<Value> values = parameters.stream().map(AttributeValues::read).toList();
        return Statement.parse(text, values);
    }

    @Override
    public ExecuteStatementOutput executeStatement(ExecuteStatementInput in) {
        Statement statement = parse(in.statement(), in.parameters());
        checkAlone(statement);
        var options = new StatementRuns.Options(
                in.consistentRead().orElse(false), in.limit(), in.nextToken(), returnsItem(in));
        StatementRuns.Result result = runs.run(statement, options);
        var out = new ExecuteStatementOutput().items(written(result.items())).nextToken(result.next());
        result.last().ifPresent(key -> out.lastEvaluatedKey(AttributeValues.write(key, AttributeValue::new)));
        return out.consumedCapacity(
                result.consumed().report(in.returnConsumedCapacity(), statement.table(), Consumption.Kind.PLAIN));
    }

    private static void checkAlone(Statement statement) {
        if (statement instanceof Statement.Exists) {
            throw Refusals.invalid("EXISTS is only allowed within ExecuteTransaction");
        }
    }

    private static boolean returnsItem(Struct in) {
        return Parameters.text(in, "ReturnValuesOnConditionCheckFailure")
                .filter("ALL_OLD"::equals)
                .isPresent();
    }

    private static List<Map<String, AttributeValue>> written(List<Map<String, Value>> items) {
        return items.stream()
                .map(item -> AttributeValues.write(item, AttributeValue::new))
                .toList();
    }

    @Override
    public BatchExecuteStatementOutput batchExecuteStatement(BatchExecuteStatementInput in) {
        if (in.statements().size() > MOST_IN_BATCH) {
            throw Refusals.invalid(
                    "1 validation error detected: Value at 'statements' failed to satisfy constraint: Member must have"
                            + " length less than or equal to %d",
                    MOST_IN_BATCH);
        }
        long reads = in.statements().stream()
                .filter(each -> each.statement().stripLeading().regionMatches(true, 0, "SELECT", 0, 6))
                .count();
        if (reads > 0 && reads < in.statements().size()) {
            throw Refusals.invalid("A batch must consist of either all read or all write statements");
        }
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        List<BatchStatementResponse> responses = new ArrayList<>();
        for (BatchStatementRequest request : in.statements()) {
            try {
                responses.add(batched(request, consumed));
            } catch (AwsError refused) {
                responses.add(new BatchStatementResponse().error(error(refused)));
            }
        }
        var out = new BatchExecuteStatementOutput().responses(responses);
        Parameters.set(out, "ConsumedCapacity", Batches.report(in, consumed, Consumption.Kind.PLAIN));
        return out;
    }

    private BatchStatementResponse batched(BatchStatementRequest request, Map<String, Consumption> consumed) {
        Statement statement = parse(request.statement(), request.parameters());
        checkAlone(statement);
        runs.checkSingle(statement, "BatchExecuteStatement");
        var options = new StatementRuns.Options(
                request.consistentRead().orElse(false), Optional.empty(), Optional.empty(), returnsItem(request));
        StatementRuns.Result result = runs.run(statement, options);
        consumed.merge(statement.table(), result.consumed(), Consumption::add);
        var response = new BatchStatementResponse().tableName(statement.table());
        result.items().stream()
                .findFirst()
                .ifPresent(item -> response.item(AttributeValues.write(item, AttributeValue::new)));
        return response;
    }

    private static BatchStatementError error(AwsError refused) {
        String code = refused.code().code();
        String named = code.equals("ValidationException")
                ? BatchStatementErrorCodeEnum.VALIDATION_ERROR
                : code.substring(0, code.length() - "Exception".length());
        var error = new BatchStatementError().code(named).message(refused.message());
        refused.members()
                .filter(members -> members instanceof ConditionalCheckFailedException)
                .map(members -> ((ConditionalCheckFailedException) members).item())
                .filter(item -> !item.isEmpty())
                .ifPresent(error::item);
        return error;
    }

    @Override
    @OutsideTransaction
    public ExecuteTransactionOutput executeTransaction(ExecuteTransactionInput in) {
        if (in.transactStatements().size() > MOST_IN_TRANSACTION) {
            throw Refusals.invalid(
                    "1 validation error detected: Value at 'transactStatements' failed to satisfy constraint: Member"
                            + " must have length less than or equal to %d",
                    MOST_IN_TRANSACTION);
        }
        List<Statement> statements = in.transactStatements().stream()
                .map(each -> parse(each.statement(), each.parameters()))
                .toList();
        long reads = statements.stream()
                .filter(each -> each instanceof Statement.Select)
                .count();
        if (reads > 0 && reads < statements.size()) {
            throw Refusals.invalid("A transaction must consist of either all read or all write statements");
        }
        return runs.conflicts()
                .transact(in.clientRequestToken(), engaged -> transact(statements, in, reads > 0, engaged));
    }

    private ExecuteTransactionOutput transact(
            List<Statement> statements, ExecuteTransactionInput in, boolean reads, Ongoing<Item.Key>.Work engaged) {
        Map<String, Consumption> consumed = new LinkedHashMap<>();
        boolean repeated = in.clientRequestToken()
                .filter(token -> tokens.isRepeated(token, in))
                .isPresent();
        List<ItemResponse> responses;
        if (repeated && !reads) {
            responses = statements.stream().map(_ -> new ItemResponse()).toList();
        } else {
            List<Item.Key> keys = keys(statements);
            Set<Item.Key> all = Set.copyOf(keys);
            Set<Item.Key> taken = reads ? runs.conflicts().among(all) : engaged.take(all);
            responses = run(statements, in, new Targets(keys, taken), consumed);
        }
        var out = new ExecuteTransactionOutput().responses(responses);
        var kind = reads ? Consumption.Kind.TRANSACTED_READ : Consumption.Kind.TRANSACTED_WRITE;
        Parameters.set(out, "ConsumedCapacity", Batches.report(in, consumed, kind));
        return out;
    }

    /// The items that statements are about, in their order; a refusal where two are about the same.
    private List<Item.Key> keys(List<Statement> statements) {
        Set<Item.Key> keys = new LinkedHashSet<>();
        for (Statement statement : statements) {
            runs.checkSingle(statement, "ExecuteTransaction");
            if (!keys.add(runs.key(statement))) {
                throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
            }
        }
        return List.copyOf(keys);
    }

    /// What a transaction is about, and which of that another is at work on.
    private record Targets(List<Item.Key> items, Set<Item.Key> taken) {}

    private List<ItemResponse> run(
            List<Statement> statements,
            ExecuteTransactionInput in,
            Targets targets,
            Map<String, Consumption> consumed) {
        var cancellation = new Cancellation();
        List<ItemResponse> responses = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            boolean returnsItem = returnsItem(in.transactStatements().get(i));
            var options = new StatementRuns.Options(true, Optional.empty(), Optional.empty(), returnsItem);
            boolean isTaken = targets.taken().contains(targets.items().get(i));
            cancellation.attempt(() -> run(statement, options, isTaken)).ifPresent(result -> {
                consumed.merge(statement.table(), result.consumed(), Consumption::add);
                var response = new ItemResponse();
                result.items().stream()
                        .findFirst()
                        .ifPresent(item -> response.item(AttributeValues.write(item, AttributeValue::new)));
                responses.add(response);
            });
        }
        cancellation.check();
        return responses;
    }

    private StatementRuns.Result run(Statement statement, StatementRuns.Options options, boolean isTaken) {
        if (isTaken) {
            throw Conflicts.refusal();
        }
        return runs.runTogether(statement, options);
    }
}

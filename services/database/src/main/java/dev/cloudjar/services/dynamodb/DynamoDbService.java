package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Amazon DynamoDB: tables of items, on the kernel's ordered tables.
public final class DynamoDbService implements Service {
    public static final String ID = "dynamodb";

    private final Items items;
    private final Kernel kernel;
    private final Tables tables;

    public DynamoDbService(Kernel kernel) {
        this.kernel = kernel;
        var changes = new Changes(kernel);
        this.items = new Items(kernel, changes);
        this.tables = new Tables(kernel, items);
    }

    @Override
    public List<Api> parts() {
        return List.of(
                tables,
                new TableUpdates(kernel, tables),
                new Tags(tables),
                new Writes(tables, items),
                new Reads(tables, items),
                new Queries(tables, items));
    }

    /// The resource that a request names by an ARN.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return Homes.of(input);
    }

    @Override
    public void refuseEarly(OperationSchema operation, Struct input) {
        EarlyChecks.check(operation, input);
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(Tables.DROP, tables::drop, Tables.FILL, tables::fill);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(DynamoTable.KIND);
    }
}

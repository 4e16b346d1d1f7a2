package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.api.DynamoDb.AttributeDefinition;
import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.CreateTableInput;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.GetItemOutput;
import dev.cloudjar.api.DynamoDb.KeySchemaElement;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.api.DynamoDb.QueryOutput;
import dev.cloudjar.api.DynamoDbStreams;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A world with DynamoDB in it, called as the pipeline calls it. In memory, its clock stands still.
record Database(World world, String region) implements AutoCloseable {
    private static final List<Entry> SERVICES = List.of(
            new Entry("dynamodb", DynamoDbService::new),
            new Entry("dynamodbstreams", DynamoDbStreamsService::new),
            Buckets.ENTRY);

    static Database fresh() {
        return fresh(World.Settings.DEFAULT);
    }

    /// A world in which tables take their time.
    static Database realistic() {
        World.Settings same = World.Settings.DEFAULT;
        return fresh(new World.Settings(
                same.account(),
                same.region(),
                true,
                same.durability(),
                same.seed(),
                same.log(),
                same.masterKey(),
                same.propagation()));
    }

    private static Database fresh(World.Settings settings) {
        World world = World.inMemory(settings, SERVICES);
        world.freezeClock();
        return new Database(world, world.settings().region());
    }

    static Database open(Path directory) {
        World world = World.open(directory, World.Settings.DEFAULT, SERVICES);
        return new Database(world, world.settings().region());
    }

    /// The same world, called in another region.
    Database in(String other) {
        return new Database(world, other);
    }

    /// Calls the operation to which `request` belongs.
    @SuppressWarnings("unchecked")
    <R extends Struct> R call(Struct request) {
        String name = request.shape().name().replaceAll("(Input|Request)$", "");
        boolean streams = request.getClass().getName().contains("Streams$");
        ServiceSchema schema = streams ? DynamoDbStreams.SCHEMA : DynamoDb.SCHEMA;
        OperationSchema operation = schema.operation(name).orElseThrow();
        Bound bound = world.service(schema.id()).orElseThrow();
        return (R) within(operation, () -> {
            bound.service().refuseEarly(operation, request);
            return bound.call(operation, request);
        });
    }

    /// Does `work` as a call of `operation`.
    <R> R within(OperationSchema operation, Supplier<R> work) {
        String account = world.settings().account();
        var asked = new Call.Request(
                operation.service().id(), operation.name(), "id", world.time().now(), "http://localhost:4566");
        return Call.of(Principal.root(account), account, region, asked).run(work::get);
    }

    /// What the operation is refused with: code and message.
    String refusal(Struct request) {
        try {
            call(request);
            return "not refused";
        } catch (AwsError refused) {
            return refused.code().code() + ": " + refused.message();
        }
    }

    void pass(Duration time) {
        world.advanceClock(time);
    }

    /// A table whose keys are given as `name:type`, the first of them to spread items.
    static CreateTableInput table(String name, String... keys) {
        var request = new CreateTableInput().tableName(name).billingMode("PAY_PER_REQUEST");
        return request.attributeDefinitions(definitions(keys)).keySchema(schema(keys));
    }

    static List<AttributeDefinition> definitions(String... keys) {
        return List.of(keys).stream()
                .map(key -> key.split(":", 2))
                .map(key -> new AttributeDefinition().attributeName(key[0]).attributeType(key[1]))
                .toList();
    }

    static List<KeySchemaElement> schema(String... keys) {
        return List.of(keys).stream()
                .map(key -> new KeySchemaElement()
                        .attributeName(key.split(":", 2)[0])
                        .keyType(key.equals(keys[0]) ? "HASH" : "RANGE"))
                .toList();
    }

    /// Attributes by name: texts, whole numbers, or values.
    static Map<String, AttributeValue> item(Object... namesAndValues) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            item.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return item;
    }

    static AttributeValue value(Object value) {
        return switch (value) {
            case String text -> new AttributeValue().s(text);
            case Integer number -> new AttributeValue().n(Integer.toString(number));
            case AttributeValue ready -> ready;
            case Value own -> AttributeValues.write(own, AttributeValue::new);
            default -> throw new IllegalArgumentException("no attribute value is made of " + value);
        };
    }

    void put(String table, Object... namesAndValues) {
        call(new PutItemInput().tableName(table).item(item(namesAndValues)));
    }

    Map<String, AttributeValue> get(String table, Object... key) {
        GetItemOutput found = call(new GetItemInput().tableName(table).key(item(key)));
        return found.item();
    }

    List<Map<String, AttributeValue>> query(QueryInput request) {
        QueryOutput found = call(request);
        return found.items();
    }

    @Override
    public void close() {
        world.close();
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.table;

import dev.cloudjar.api.DynamoDb.CreateGlobalTableInput;
import dev.cloudjar.api.DynamoDb.CreateTableInput;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.Replica;
import dev.cloudjar.api.DynamoDb.StreamSpecification;
import java.util.stream.Stream;

/// Tables `songs` in two regions, from which a global table can be made.
record Songs(Database db, Database away) implements AutoCloseable {
    static final String AWAY = "eu-west-1";

    static Songs fresh() {
        Database db = Database.fresh();
        Database away = db.in(AWAY);
        db.call(streamed("songs"));
        away.call(streamed("songs"));
        return new Songs(db, away);
    }

    private static CreateTableInput streamed(String name) {
        return table(name, "id:S")
                .billingMode("PROVISIONED")
                .provisionedThroughput(
                        new ProvisionedThroughput().readCapacityUnits(5).writeCapacityUnits(5))
                .streamSpecification(
                        new StreamSpecification().streamEnabled(true).streamViewType("NEW_AND_OLD_IMAGES"));
    }

    CreateGlobalTableInput group(String... regions) {
        return new CreateGlobalTableInput()
                .globalTableName("songs")
                .replicationGroup(Stream.of(regions)
                        .map(region -> new Replica().regionName(region))
                        .toList());
    }

    @Override
    public void close() {
        db.close();
    }
}

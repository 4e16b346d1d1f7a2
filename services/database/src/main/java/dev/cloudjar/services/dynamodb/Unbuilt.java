package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.Struct;
import java.util.List;

/// Parameters of global tables that are not built yet: a request that has one is told so rather than half done.
final class Unbuilt {
    private static final List<String> PARAMETERS =
            List.of("GlobalTableSourceArn", "GlobalTableSettingsReplicationMode");

    private Unbuilt() {}

    static void check(Struct in, String operation) {
        if (PARAMETERS.stream().anyMatch(name -> in.get(name) != null)) {
            throw Api.notImplemented(DynamoDb.SCHEMA.operation(operation).orElseThrow());
        }
    }
}

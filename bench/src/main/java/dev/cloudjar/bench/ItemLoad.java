package dev.cloudjar.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Measures reads and writes of DynamoDB's items, with the journal, in a table with a few items and in one with
/// many.
final class ItemLoad {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final List<String> OPERATIONS =
            List.of("PutItem", "GetItem", "UpdateItem", "Query", "TransactWriteItems");

    private final Load.Settings settings;
    private final Java java;
    private final Path folder;
    private final Wrk wrk;

    ItemLoad(Load.Settings settings, Java java, Path folder) throws IOException {
        this.settings = settings;
        this.java = java;
        this.folder = folder;
        this.wrk = new Wrk(folder, "dynamodb.lua");
    }

    List<Sample> run() throws IOException, InterruptedException {
        var samples = new ArrayList<Sample>();
        for (int items : List.of(100, 100_000)) {
            Path data = Files.createTempDirectory(folder, "tables");
            var arguments = List.of("start", "--port", "0", "--data", data.toString());
            try (Program server = Program.start(java.cloud(List.of(), arguments))) {
                createTable(server.port());
                for (String operation : OPERATIONS) {
                    wrk.run(server.port(), 64, settings.warmUp(), List.of(operation, Integer.toString(items)));
                }
                for (int connections : CONNECTIONS) {
                    for (String operation : OPERATIONS) {
                        samples.add(median(server, operation, connections, items));
                    }
                }
            }
        }
        return samples;
    }

    private Sample median(Program server, String operation, int connections, int items)
            throws IOException, InterruptedException {
        var rounds = new ArrayList<Sample>();
        for (int round = 0; round < settings.rounds(); round++) {
            double before = server.cpuSeconds();
            List<String> arguments = List.of(operation, Integer.toString(items));
            Wrk.Result result = wrk.run(server.port(), connections, settings.seconds(), arguments);
            double cpu = (server.cpuSeconds() - before) * 1e6 / result.requests();
            rounds.add(new Sample(items + " items", operation, connections, result, cpu));
        }
        Sample median = Sample.median(rounds);
        System.out.println(median);
        return median;
    }

    static void createTable(int port) {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            client.createTable(table -> table.tableName("bench")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                            definition("pk", ScalarAttributeType.S), definition("sk", ScalarAttributeType.N))
                    .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        }
    }

    private static AttributeDefinition definition(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}

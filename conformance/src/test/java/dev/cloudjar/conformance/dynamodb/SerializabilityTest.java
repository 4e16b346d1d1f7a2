package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.kernel.store.Chronology;
import dev.cloudjar.kernel.store.Together;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever 64 clients do at once to a few items over the wire, with conditions, in transactions and by reading
/// many items together: it is as if they had done it one after another, each after what it had seen to be over.
/// Those that meet may be told so, which changes nothing.
@OnCloud
@Tag("acceptance")
class SerializabilityTest {
    private static final int CLIENTS = 64;
    private static final int EACH = 20;
    private static final String TABLE = """
            {"TableName": "hot", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"},
                                      {"AttributeName": "k", "AttributeType": "N"}],
             "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "k", "KeyType": "RANGE"}]}
            """;

    private final TestCloud cloud;

    SerializabilityTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyHistoryHasAnOrder(long seed) throws IOException {
        var shared = new HotItems.Shared();
        try (JsonDatabase database = connect()) {
            database.ask("CreateTable", TABLE).required();
            Together.run(CLIENTS, random -> {
                try (JsonDatabase mine = connect()) {
                    var own = new SplittableRandom(seed * 31 + random.nextLong());
                    var client = new HotItems(mine, own, shared);
                    for (int i = 0; i < EACH; i++) {
                        client.step();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var chronology = new Chronology("seed " + seed, shared.history());
            JsonNode items = database.ask("Query", HotItems.all().toString()).required();
            assertThat(items.path("Count").asInt()).isEqualTo(HotItems.ITEMS);
            items.path("Items")
                    .forEach(item -> chronology.row(item.path("k").path("N").asInt(), HotItems.numbers(item)));
            chronology.check();
            database.ask("DeleteTable", "{\"TableName\":\"hot\"}").required();
        }
    }

    private JsonDatabase connect() throws IOException {
        return JsonDatabase.at(cloud.server().port(), cloud.account());
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.CreateGlobalTableOutput;
import dev.cloudjar.api.DynamoDb.CreateReplicaAction;
import dev.cloudjar.api.DynamoDb.DeleteReplicaAction;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableInput;
import dev.cloudjar.api.DynamoDb.DescribeGlobalTableOutput;
import dev.cloudjar.api.DynamoDb.DescribeKinesisStreamingDestinationInput;
import dev.cloudjar.api.DynamoDb.DescribeKinesisStreamingDestinationOutput;
import dev.cloudjar.api.DynamoDb.DescribeTableInput;
import dev.cloudjar.api.DynamoDb.DescribeTableOutput;
import dev.cloudjar.api.DynamoDb.ListGlobalTablesInput;
import dev.cloudjar.api.DynamoDb.ListGlobalTablesOutput;
import dev.cloudjar.api.DynamoDb.ReplicaUpdate;
import dev.cloudjar.api.DynamoDb.UpdateGlobalTableInput;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Global tables of the first version are made of tables that are there, and their capacity is that of all.
class GlobalTableTest {
    @AutoClose
    private final Songs songs = Songs.fresh();

    private final Database db = songs.db();
    private final Database away = songs.away();

    @Test
    void aGlobalTableJoinsTablesThatAreThere() {
        CreateGlobalTableOutput made = db.call(songs.group(db.region(), Songs.AWAY));

        assertThat(made.globalTableDescription().orElseThrow().globalTableStatus())
                .contains("CREATING");
        assertThat(made.globalTableDescription().orElseThrow().globalTableArn())
                .contains("arn:aws:dynamodb::" + db.world().settings().account() + ":global-table/songs");
        db.put("songs", "id", "here");
        away.put("songs", "id", "there");
        assertThat(away.get("songs", "id", "here")).isEqualTo(item("id", "here"));
        assertThat(db.get("songs", "id", "there")).isEqualTo(item("id", "there"));
        DescribeTableOutput described = db.call(new DescribeTableInput().tableName("songs"));
        assertThat(described.table().orElseThrow().globalTableVersion()).contains("2017.11.29");
        DescribeGlobalTableOutput found = away.call(new DescribeGlobalTableInput().globalTableName("songs"));
        assertThat(found.globalTableDescription().orElseThrow().globalTableStatus())
                .contains("ACTIVE");
        ListGlobalTablesOutput all = db.call(new ListGlobalTablesInput().regionName(Songs.AWAY));
        assertThat(all.globalTables()).hasSize(1);
        assertThat(db.refusal(songs.group(db.region()))).startsWith("GlobalTableAlreadyExistsException");
    }

    @Test
    void onlyEmptyStreamedTablesOfTheSameKeysAreJoined() {
        assertThat(db.refusal(songs.group(db.region(), "us-west-2"))).startsWith("TableNotFoundException");
        Database west = db.in("us-west-2");
        west.call(table("songs", "id:S"));
        assertThat(db.refusal(songs.group(db.region(), "us-west-2"))).contains("NEW_AND_OLD_IMAGES");
        db.put("songs", "id", "x");
        assertThat(db.refusal(songs.group(db.region(), Songs.AWAY))).contains("is not empty");
        assertThat(db.refusal(new DescribeGlobalTableInput().globalTableName("songs")))
                .startsWith("GlobalTableNotFoundException");
    }

    @Test
    void replicasComeAndGo() {
        db.call(songs.group(db.region()));
        var add = new ReplicaUpdate().create(new CreateReplicaAction().regionName(Songs.AWAY));
        var remove = new ReplicaUpdate().delete(new DeleteReplicaAction().regionName(Songs.AWAY));
        var update = new UpdateGlobalTableInput().globalTableName("songs");

        assertThat(db.refusal(update.replicaUpdates(List.of(remove)))).startsWith("ReplicaNotFoundException");
        db.call(update.replicaUpdates(List.of(add)));
        assertThat(db.refusal(update.replicaUpdates(List.of(add)))).startsWith("ReplicaAlreadyExistsException");
        db.put("songs", "id", "both");
        db.call(update.replicaUpdates(List.of(remove)));
        db.put("songs", "id", "here");

        assertThat(away.get("songs", "id", "both")).isNotEmpty();
        assertThat(away.get("songs", "id", "here")).isEmpty();
    }

    @Test
    void aTableHasNoStreamOfKinesisForItsChanges() {
        DescribeKinesisStreamingDestinationOutput found =
                db.call(new DescribeKinesisStreamingDestinationInput().tableName("songs"));

        assertThat(found.tableName()).isEqualTo(Optional.of("songs"));
        assertThat(found.kinesisDataStreamDestinations()).isEmpty();
        assertThat(db.refusal(new DescribeKinesisStreamingDestinationInput().tableName("missing")))
                .startsWith("ResourceNotFoundException");
    }
}

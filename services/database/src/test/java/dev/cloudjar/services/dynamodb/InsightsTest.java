package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.DescribeContributorInsightsInput;
import dev.cloudjar.api.DynamoDb.DescribeContributorInsightsOutput;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.GlobalSecondaryIndex;
import dev.cloudjar.api.DynamoDb.Projection;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.api.DynamoDb.UpdateContributorInsightsInput;
import dev.cloudjar.kernel.Contributors.Contributor;
import dev.cloudjar.kernel.Contributors.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Contributor insights count the capacity that keys use, and how often they are throttled.
class InsightsTest {
    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("plays", "user:S", "song:S")
                .billingMode("PROVISIONED")
                .provisionedThroughput(
                        new ProvisionedThroughput().readCapacityUnits(1).writeCapacityUnits(1))
                .attributeDefinitions(Database.definitions("user:S", "song:S", "artist:S"))
                .globalSecondaryIndexes(List.of(new GlobalSecondaryIndex()
                        .indexName("artists")
                        .keySchema(Database.schema("artist:S"))
                        .provisionedThroughput(
                                new ProvisionedThroughput().readCapacityUnits(1).writeCapacityUnits(1))
                        .projection(new Projection().projectionType("KEYS_ONLY")))));
    }

    private UpdateContributorInsightsInput enabling() {
        return new UpdateContributorInsightsInput().tableName("plays").contributorInsightsAction("ENABLE");
    }

    /// What was counted under the rule of a kind, of the table or an index.
    private List<Contributor> counted(String kind, String resource) {
        var contributors = db.world().meter().contributors();
        return contributors.rules().stream()
                .filter(rule -> rule.name().startsWith("DynamoDBContributorInsights-" + kind + "-" + resource + "-1"))
                .flatMap(rule ->
                        contributors.heaviest(rule, Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z")).stream())
                .toList();
    }

    @Test
    void keysCountForWhatTheyUse() {
        db.put("plays", "user", "ann", "song", "before");
        db.call(enabling());
        db.put("plays", "user", "ann", "song", "x", "fill", "y".repeat(1500));
        db.put("plays", "user", "bob", "song", "x");
        db.call(new GetItemInput().tableName("plays").key(item("user", "bob", "song", "x")));

        assertThat(counted("PKC", "plays"))
                .containsExactly(new Contributor(List.of("ann"), 2), new Contributor(List.of("bob"), 1.5));
        assertThat(counted("SKC", "plays"))
                .containsExactly(new Contributor(List.of("ann", "x"), 2), new Contributor(List.of("bob", "x"), 1.5));
        assertThat(db.world().meter().contributors().rules())
                .extracting(Rule::name)
                .containsExactlyInAnyOrderElementsOf(rules("PKC", "SKC"));
    }

    private List<String> rules(String... kinds) {
        DescribeContributorInsightsOutput found = db.call(new DescribeContributorInsightsInput().tableName("plays"));
        return found.contributorInsightsRuleList().stream()
                .filter(name -> List.of(kinds).contains(name.split("-", 3)[1]))
                .toList();
    }

    @Test
    void whatAQueryReadsIsSharedByItsItems() {
        IntStream.range(0, 4).forEach(i -> db.put("plays", "user", "ann", "song", "s" + i, "fill", "y".repeat(2000)));
        db.call(enabling());
        db.call(new QueryInput()
                .tableName("plays")
                .consistentRead(true)
                .keyConditionExpression("#u = :u")
                .expressionAttributeNames(Map.of("#u", "user"))
                .expressionAttributeValues(item(":u", "ann")));

        assertThat(counted("PKC", "plays")).containsExactly(new Contributor(List.of("ann"), 2));
        assertThat(counted("SKC", "plays")).hasSize(4).allMatch(each -> each.value() == 0.5);
    }

    @Test
    void anIndexIsCountedByItself() {
        db.call(enabling().indexName("artists"));
        db.put("plays", "user", "ann", "song", "x", "artist", "abba");
        db.put("plays", "user", "bob", "song", "x");

        assertThat(counted("PKC", "plays-artists")).containsExactly(new Contributor(List.of("abba"), 1));
        assertThat(counted("PKC", "plays")).isEmpty();
    }

    @Test
    void throttledKeysAreCountedAlone() {
        db.world().meter().keepRates(db.world().time());
        db.call(enabling().contributorInsightsMode("THROTTLED_KEYS"));
        IntStream.range(0, 300).forEach(i -> db.put("plays", "user", "ann", "song", "s" + i));
        for (int i = 0; i < 3; i++) {
            assertThat(db.refusal(new PutItemInput().tableName("plays").item(item("user", "bob", "song", "x"))))
                    .startsWith("ProvisionedThroughputExceededException");
        }

        assertThat(counted("PKT", "plays")).containsExactly(new Contributor(List.of("bob"), 3));
        assertThat(counted("SKT", "plays")).containsExactly(new Contributor(List.of("bob", "x"), 3));
        assertThat(counted("PKC", "plays")).isEmpty();
        assertThat(rules("PKC", "SKC")).isEmpty();
        assertThat(rules("PKT", "SKT")).hasSize(2);
    }

    @Test
    void whatIsDisabledIsNotCounted() {
        db.call(enabling());
        db.put("plays", "user", "ann", "song", "x");
        db.call(enabling().contributorInsightsAction("DISABLE"));
        db.pass(Duration.ofMinutes(1));
        db.put("plays", "user", "ann", "song", "x");

        assertThat(counted("PKC", "plays")).containsExactly(new Contributor(List.of("ann"), 1));
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.DeleteItemInput;
import dev.cloudjar.api.DynamoDb.DeleteItemOutput;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.GetItemOutput;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.api.DynamoDb.PutItemOutput;
import dev.cloudjar.api.DynamoDb.UpdateItemInput;
import dev.cloudjar.api.DynamoDb.UpdateItemOutput;
import dev.cloudjar.model.Blob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Single items: what is written is read, changed as expressions say, and told as asked.
class ItemTest {
    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("music", "artist:S", "issued:N"));
    }

    private static Map<String, AttributeValue> key() {
        return item("artist", "Nina", "issued", 1965);
    }

    private UpdateItemInput update(String expression, Object... values) {
        var request = new UpdateItemInput().tableName("music").key(key()).updateExpression(expression);
        return values.length == 0 ? request : request.expressionAttributeValues(item(values));
    }

    @Test
    void everyTypeOfValueIsReadAsItWasWritten() {
        Map<String, AttributeValue> all = item(
                "artist", "Nina",
                "issued", 1965,
                "text", "",
                "binary", new AttributeValue().b(Blob.of(new byte[] {0, -1, 7})),
                "texts", new AttributeValue().ss(List.of("b", "a")),
                "numbers", new AttributeValue().ns(List.of("1", "2.5")),
                "binaries", new AttributeValue().bs(List.of(Blob.of("x"), Blob.of("y"))),
                "none", new AttributeValue().null_(true),
                "no", new AttributeValue().bool(false),
                "list", new AttributeValue().l(List.of(new AttributeValue().s("in"), new AttributeValue().n("3"))),
                "map", new AttributeValue().m(Map.of("deep", new AttributeValue().l(List.of()))));

        db.call(new PutItemInput().tableName("music").item(all));

        assertThat(db.get("music", "artist", "Nina", "issued", 1965)).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"1.0,1", "-0,0", "1E2,100", "00012.500,12.5", "1e-3,0.001", "-7.10,-7.1"})
    void numbersHaveOneNormalForm(String written, String read) {
        db.put("music", "artist", "Nina", "issued", 1965, "n", new AttributeValue().n(written));

        assertThat(db.get("music", "artist", "Nina", "issued", new AttributeValue().n("1965.0")))
                .containsEntry("n", new AttributeValue().n(read));
    }

    @Test
    void anItemThatIsNotThereIsNoItem() {
        db.put("music", "artist", "Nina", "issued", 1965);

        GetItemOutput found =
                db.call(new GetItemInput().tableName("music").key(item("artist", "Nina", "issued", 1966)));

        assertThat(found.hasItem()).isFalse();
    }

    @Test
    void puttingAnswersWhatWasThereBefore() {
        db.put("music", "artist", "Nina", "issued", 1965, "title", "Feeling Good");

        PutItemOutput put =
                db.call(new PutItemInput().tableName("music").item(key()).returnValues("ALL_OLD"));

        assertThat(put.attributes()).containsEntry("title", Database.value("Feeling Good"));
        assertThat(db.get("music", "artist", "Nina", "issued", 1965)).isEqualTo(key());
    }

    @Test
    void deletingAnswersWhatWasThereAndSucceedsWithoutIt() {
        db.put("music", "artist", "Nina", "issued", 1965);

        var request = new DeleteItemInput().tableName("music").key(key()).returnValues("ALL_OLD");
        DeleteItemOutput first = db.call(request);
        DeleteItemOutput second = db.call(request);

        assertThat(first.attributes()).isEqualTo(key());
        assertThat(second.hasAttributes()).isFalse();
    }

    @Test
    void allPartsOfAnUpdateSeeTheItemAsItWas() {
        db.put("music", "artist", "Nina", "issued", 1965, "a", 1, "b", 2);

        db.call(update("SET a = b, b = a REMOVE c"));

        assertThat(db.get("music", "artist", "Nina", "issued", 1965))
                .isEqualTo(item("artist", "Nina", "issued", 1965, "a", 2, "b", 1));
    }

    @Test
    void anUpdateMakesTheItemThatIsNotThere() {
        UpdateItemOutput made = db.call(
                update("ADD plays :one SET tags = :t", ":one", 1, ":t", "x").returnValues("UPDATED_NEW"));

        assertThat(made.attributes()).isEqualTo(item("plays", 1, "tags", "x"));
        assertThat(db.get("music", "artist", "Nina", "issued", 1965)).hasSize(4);
    }

    @Test
    void elementsOfListsAreSetAppendedAndRemoved() {
        var list = new AttributeValue().l(List.of(Database.value(0), Database.value(1), Database.value(2)));
        db.put("music", "artist", "Nina", "issued", 1965, "l", list);

        db.call(update("SET l[1] = :x, l[9] = :y REMOVE l[0], l[2]", ":x", "x", ":y", "y"));

        assertThat(db.get("music", "artist", "Nina", "issued", 1965))
                .containsEntry("l", new AttributeValue().l(List.of(Database.value("x"), Database.value("y"))));
    }

    @Test
    void whatWasUpdatedIsToldByItsPath() {
        var map = new AttributeValue().m(item("x", 1, "y", 2));
        db.put("music", "artist", "Nina", "issued", 1965, "m", map);

        UpdateItemOutput updated = db.call(update("SET m.x = m.x + :n", ":n", 5).returnValues("UPDATED_OLD"));

        assertThat(updated.attributes()).isEqualTo(item("m", new AttributeValue().m(item("x", 1))));
    }

    @Test
    void membersAreAddedToSetsAndTakenFromThem() {
        var set = new AttributeValue().ss(List.of("a", "b"));
        db.put("music", "artist", "Nina", "issued", 1965, "s", set);

        db.call(update("DELETE s :gone", ":gone", new AttributeValue().ss(List.of("a", "z"))));
        assertThat(db.get("music", "artist", "Nina", "issued", 1965))
                .containsEntry("s", new AttributeValue().ss(List.of("b")));

        db.call(update("DELETE s :gone", ":gone", new AttributeValue().ss(List.of("b"))));
        assertThat(db.get("music", "artist", "Nina", "issued", 1965)).doesNotContainKey("s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute_exists(title) AND size(title) > :n|true",
                "attribute_not_exists(title) OR plays BETWEEN :n AND :m|true",
                "NOT plays IN (:n, :m)|true",
                "begins_with(title, :t) AND contains(title, :u)|true",
                "attribute_type(plays, :type)|true",
                "plays <> :t AND absent <> :n|true",
                "((NOT attribute_exists(absent)) AND contains(title, :u))|true",
                "((plays = :n) OR (begins_with(title, :t)))|true",
                "plays < :t|false",
                "absent = :n|false",
                "plays >= :m OR (plays = :n AND title = :t)|false"
            })
    void conditionsHoldOrNot(String condition, boolean holds) {
        db.put("music", "artist", "Nina", "issued", 1965, "title", "Feeling Good", "plays", 5);
        var request = new PutItemInput().tableName("music").item(key()).conditionExpression(condition);
        Map<String, AttributeValue> values = item(":n", 1, ":m", 9, ":t", "Feel", ":u", "ling", ":type", "N");
        values.keySet().removeIf(name -> !condition.matches(".*" + name + "\\b.*"));
        if (!values.isEmpty()) {
            request.expressionAttributeValues(values);
        }

        assertThat(db.refusal(request))
                .isEqualTo(holds ? "not refused" : "ConditionalCheckFailedException: The conditional request failed");
    }

    @Test
    void projectionsTakePartsOfTheItem() {
        var list = new AttributeValue().l(List.of(Database.value("x"), Database.value("y")));
        db.put("music", "artist", "Nina", "issued", 1965, "m", new AttributeValue().m(item("l", list, "o", 1)));

        GetItemOutput found = db.call(new GetItemInput()
                .tableName("music")
                .key(key())
                .projectionExpression("#a, m.l[1], nothing.here")
                .expressionAttributeNames(Map.of("#a", "artist")));

        var part = new AttributeValue().l(List.of(Database.value("y")));
        assertThat(found.item()).isEqualTo(item("artist", "Nina", "m", new AttributeValue().m(item("l", part))));
    }

    @ParameterizedTest
    @CsvSource({"false,0,0.5,1", "true,0,1,1", "false,4100,1,5", "true,4100,2,5"})
    void capacityIsCountedByTheSize(boolean consistent, int size, double read, double written) {
        PutItemOutput put = db.call(new PutItemInput()
                .tableName("music")
                .item(item("artist", "Nina", "issued", 1965, "fill", "x".repeat(size)))
                .returnConsumedCapacity("TOTAL"));
        GetItemOutput got = db.call(new GetItemInput()
                .tableName("music")
                .key(key())
                .consistentRead(consistent)
                .returnConsumedCapacity("TOTAL"));

        assertThat(put.consumedCapacity().orElseThrow().capacityUnits()).contains(written);
        assertThat(got.consumedCapacity().orElseThrow().capacityUnits()).contains(read);
    }
}

package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static dev.cloudjar.services.dynamodb.Database.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.api.DynamoDb.GetItemInput;
import dev.cloudjar.api.DynamoDb.PutItemInput;
import dev.cloudjar.api.DynamoDb.QueryInput;
import dev.cloudjar.api.DynamoDb.UpdateItemInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What AWS refuses of items, keys and expressions, in its words.
class ItemRefusalTest {
    private static final String INVALID = "ValidationException: ";

    @AutoClose
    private final Database db = Database.fresh();

    @BeforeEach
    void makeATable() {
        db.call(table("music", "artist:S", "issued:N"));
        db.put("music", "artist", "Nina", "issued", 1965, "title", "Feeling Good", "n", 1);
    }

    private String putting(Object... item) {
        return db.refusal(new PutItemInput().tableName("music").item(item(item)));
    }

    @Test
    void anItemHasTheKeysOfItsTable() {
        assertThat(putting("artist", "Nina", "issued", 1)).isEqualTo("not refused");
        assertThat(putting("artist", "Nina"))
                .isEqualTo(INVALID + "One or more parameter values were invalid: Missing the key issued in the item");
        assertThat(putting("artist", "Nina", "issued", "1"))
                .isEqualTo(
                        INVALID + "One or more parameter values were invalid: Type mismatch for key issued expected: N"
                                + " actual: S");
        assertThat(putting("artist", "", "issued", 1))
                .isEqualTo(
                        INVALID + "One or more parameter values are not valid. The AttributeValue for a key attribute"
                                + " cannot contain an empty string value. Key: artist");
        assertThat(putting("artist", "x".repeat(2049), "issued", 1))
                .isEqualTo(INVALID + "One or more parameter values were invalid: Size of hashkey has exceeded the"
                        + " maximum size limit of2048 bytes");
    }

    @Test
    void valuesAreHeldToTheRulesOfTheirTypes() {
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue()))
                .isEqualTo(INVALID + "Supplied AttributeValue is empty, must contain exactly one of the supported"
                        + " datatypes");
        assertThat(putting(
                        "artist",
                        "a",
                        "issued",
                        1,
                        "v",
                        new AttributeValue().s("x").n("1")))
                .isEqualTo(INVALID + "Supplied AttributeValue has more than one datatypes set, must contain exactly one"
                        + " of the supported datatypes");
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue().ss(List.of())))
                .isEqualTo(INVALID + "One or more parameter values were invalid: An string set  may not be empty");
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue().ss(List.of("a", "a"))))
                .isEqualTo(INVALID + "One or more parameter values were invalid: Input collection [a, a] contains"
                        + " duplicates.");
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue().null_(false)))
                .isEqualTo(INVALID + "One or more parameter values were invalid: Null attribute value types must have"
                        + " the value of true");
    }

    @ParameterizedTest
    @CsvSource({
        "1e126,Number overflow. Attempting to store a number with magnitude larger than supported range",
        "1e-131,Number underflow. Attempting to store a number with magnitude smaller than supported range",
        "123456789012345678901234567890123456789,Attempting to store more than 38 significant digits in a Number",
        "abc,The parameter cannot be converted to a numeric value: abc"
    })
    void numbersHaveLimits(String number, String message) {
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue().n(number)))
                .isEqualTo(INVALID + message);
        assertThat(putting("artist", "a", "issued", 1, "v", new AttributeValue().n("9.9e125")))
                .isEqualTo("not refused");
    }

    @Test
    void anItemHasAtMost400Kilobytes() {
        int rest = "artist".length() + "a".length() + "issued".length() + 2 + "v".length();

        assertThat(putting("artist", "a", "issued", 1, "v", "x".repeat(409_600 - rest)))
                .isEqualTo("not refused");
        assertThat(putting("artist", "a", "issued", 1, "v", "x".repeat(409_601 - rest)))
                .isEqualTo(INVALID + "Item size has exceeded the maximum allowed size");
    }

    @Test
    void aKeyIsExactlyTheTables() {
        var request = new GetItemInput().tableName("music");
        String mismatch = INVALID + "The provided key element does not match the schema";

        assertThat(db.refusal(request.key(item("artist", "Nina")))).isEqualTo(mismatch);
        assertThat(db.refusal(request.key(item("artist", "Nina", "issued", "1"))))
                .isEqualTo(mismatch);
        assertThat(db.refusal(request.key(item("artist", "a", "issued", 1, "x", 1))))
                .isEqualTo(mismatch);
        assertThat(db.refusal(request.key(item("artist", "a", "issued", 1)))).isEqualTo("not refused");
    }

    @Test
    void aTableThatIsNotThereIsNotFound() {
        var request = new GetItemInput().key(item("artist", "Nina", "issued", 1));

        assertThat(db.refusal(request.tableName("silence")))
                .isEqualTo("ResourceNotFoundException: Requested resource not found");
        assertThat(db.refusal(request.tableName("music"))).isEqualTo("not refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET hits : n|Syntax error; token: \":\", near: \"hits : n\"",
                "SET name = :v|Attribute name is a reserved keyword; reserved keyword: name",
                "SET a = :v, a = :v|Two document paths overlap with each other; must remove or rewrite one of these"
                        + " paths; path one: [a], path two: [a]",
                "SET a.b = :v, a[1] = :v|Two document paths conflict with each other; must remove or rewrite one of"
                        + " these paths; path one: [a, b], path two: [a, [1]]",
                "SET a = :v SET b = :v|The \"SET\" section can only be used once in an update expression;",
                "SET a = :missing|An expression attribute value used in expression is not defined; attribute value:"
                        + " :missing",
                "SET #x = :v|An expression attribute name used in the document path is not defined; attribute name: #x",
                "SET a = make(:v)|Invalid function name; function: make",
                "SET a = size(b)|The function is not allowed in an update expression; function: size",
                "SET a = if_not_exists(b)|Incorrect number of operands for operator or function; operator or function:"
                        + " if_not_exists, number of operands: 1",
                "ADD a :v|Incorrect operand type for operator or function; operator: ADD, operand type: STRING,"
                        + " typeSet: ALLOWED_FOR_ADD_OPERAND"
            })
    void anUpdateExpressionIsRefused(String expression, String message) {
        var request = new UpdateItemInput()
                .tableName("music")
                .key(item("artist", "Nina", "issued", 1965))
                .updateExpression(expression)
                .expressionAttributeValues(item(":v", "x"));

        assertThat(db.refusal(request)).isEqualTo(INVALID + "Invalid UpdateExpression: " + message);
        assertThat(db.refusal(request.updateExpression("SET a = :v"))).isEqualTo("not refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a = nowhere|The provided expression refers to an attribute that does not exist in the item",
                "SET a = title + n|An operand in the update expression has an incorrect data type",
                "SET title.x = n|The document path provided in the update expression is invalid for update",
                "SET artist = n|One or more parameter values were invalid: Cannot update attribute artist. This"
                        + " attribute is part of the key"
            })
    void anUpdateThatDoesNotFitTheItemIsRefused(String expression, String message) {
        var request = new UpdateItemInput().tableName("music").key(item("artist", "Nina", "issued", 1965));

        assertThat(db.refusal(request.updateExpression(expression))).isEqualTo(INVALID + message);
        assertThat(db.refusal(request.updateExpression("SET a = n"))).isEqualTo("not refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "((a = :v))|The expression has redundant parentheses;",
                "size(a)|The function is not allowed to be used this way in an expression; function: size",
                "begins_with(a, :n)|Incorrect operand type for operator or function; operator or function: begins_with,"
                        + " operand type: N",
                "a = a|The first operand must be distinct from the remaining operands for this operator or function;"
                        + " operator: =, first operand: [a]",
                "a BETWEEN :v AND :n|The BETWEEN operator requires same data type for lower and upper bounds; lower"
                        + " bound operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {N:1}",
                "attribute_exists(:v)|Operator or function requires a document path; operator or function:"
                        + " attribute_exists",
                "attribute_type(a, :v)|Invalid attribute type name found; type: x, valid types:"
                        + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            })
    void aConditionIsRefused(String condition, String message) {
        var request = new PutItemInput()
                .tableName("music")
                .item(item("artist", "Nina", "issued", 1))
                .conditionExpression(condition)
                .expressionAttributeValues(item(":v", "x", ":n", 1));

        assertThat(db.refusal(request)).isEqualTo(INVALID + "Invalid ConditionExpression: " + message);
        assertThat(db.refusal(request.conditionExpression("a <> :v AND a <> :n")))
                .isEqualTo("not refused");
    }

    @Test
    void placeholdersAreUsedAndStandByExpressions() {
        var request = new PutItemInput().tableName("music").item(item("artist", "Nina", "issued", 1));

        assertThat(db.refusal(PutItemInput.from(request).expressionAttributeValues(item(":v", 1))))
                .isEqualTo(INVALID + "ExpressionAttributeValues can only be specified when using expressions:"
                        + " ConditionExpression is null");
        request.conditionExpression("attribute_exists(#a) OR attribute_not_exists(#a)");
        assertThat(db.refusal(PutItemInput.from(request).expressionAttributeNames(Map.of("#a", "artist", "#b", "x"))))
                .isEqualTo(INVALID + "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");
        assertThat(db.refusal(PutItemInput.from(request).expressionAttributeNames(Map.of("#a", "artist", "b", "x"))))
                .isEqualTo(INVALID + "ExpressionAttributeNames contains invalid key: Syntax error; key: \"b\"");
        assertThat(db.refusal(PutItemInput.from(request).expressionAttributeNames(Map.of("#a", "artist"))))
                .isEqualTo("not refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issued = :n|Query condition missed key schema element: artist",
                "artist > :v|Query key condition not supported",
                "artist = :v AND n = :n|Query condition missed key schema element: issued",
                "artist = :v OR artist = :v|Invalid operator used in KeyConditionExpression: OR",
                "artist = :n|One or more parameter values were invalid: Condition parameter type does not match schema"
                        + " type",
                "artist = :v AND artist = :v|KeyConditionExpressions must only contain one condition per key"
            })
    void aKeyConditionIsRefused(String condition, String message) {
        var request = new QueryInput().tableName("music").keyConditionExpression(condition);
        Map<String, AttributeValue> values = item(":v", "x", ":n", 1);
        values.keySet().removeIf(name -> !condition.contains(name));

        assertThat(db.refusal(request.expressionAttributeValues(values))).isEqualTo(INVALID + message);
    }
}

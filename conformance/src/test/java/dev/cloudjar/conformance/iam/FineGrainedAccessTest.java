package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.dynamodb.IdTable;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.iam.IamClient;

/// The policies of DynamoDB's guide for single items and attributes allow what they say, and nothing beside it.
@OnCloud(alone = true)
class FineGrainedAccessTest {
    private static final String TABLE = "scores";
    private static final Map<String, AttributeValue> ADA = key("ada");

    private static final AttributeValueUpdate REMOVED =
            AttributeValueUpdate.builder().action(AttributeAction.DELETE).build();

    private static final TransactWriteItem PUT = TransactWriteItem.builder()
            .put(p -> p.tableName(TABLE).item(item("ada")))
            .build();
    private static final TransactGetItem GET =
            TransactGetItem.builder().get(g -> g.tableName(TABLE).key(ADA)).build();

    private static final String SOME_ATTRIBUTES = """
            {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "top"]},
             "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES",
                                      "dynamodb:ReturnValues": ["NONE", "UPDATED_OLD", "UPDATED_NEW"]}}""";

    private final TestCloud cloud;
    private final IamClient iam;
    private final DynamoDbClient root;
    private final DynamoDbClient user;

    FineGrainedAccessTest(TestCloud cloud, IamClient iam, DynamoDbClient root) {
        this.cloud = cloud;
        this.iam = iam;
        this.root = root;
        this.user = Clients.with(DynamoDbClient.builder(), cloud, new People(cloud, iam).user("ada"));
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of(
                "id", AttributeValue.fromS(id), "top", AttributeValue.fromN("1"), "covert", AttributeValue.fromS("h"));
    }

    @BeforeEach
    void makeATable() {
        root.createTable(IdTable.named(TABLE).build());
        root.putItem(p -> p.tableName(TABLE).item(item("ada")));
        root.putItem(p -> p.tableName(TABLE).item(item("bob")));
    }

    @AfterEach
    void removeAll() {
        root.deleteTable(d -> d.tableName(TABLE));
        iam.deleteUserPolicy(d -> d.userName("ada").policyName("fine"));
        iam.listAccessKeys(l -> l.userName("ada"))
                .accessKeyMetadata()
                .forEach(key -> iam.deleteAccessKey(d -> d.userName("ada").accessKeyId(key.accessKeyId())));
        iam.deleteUser(d -> d.userName("ada"));
        user.close();
    }

    private String arn() {
        return "arn:aws:dynamodb:us-east-1:" + cloud.account() + ":table/" + TABLE;
    }

    private String statement(String effect, String action, String condition) {
        return "{\"Effect\": \"" + effect + "\", \"Action\": \"dynamodb:" + action + "\", \"Resource\": \"" + arn()
                + "\", \"Condition\": " + condition + "}";
    }

    private void policy(String... statements) {
        iam.putUserPolicy(p -> p.userName("ada")
                .policyName("fine")
                .policyDocument(
                        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}"));
    }

    private static void passes(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private void denied(String action, ThrowingCallable call) {
        assertThat(People.refusal(call))
                .isEqualTo(new People.Refused(
                        "AccessDeniedException",
                        "User: arn:aws:iam::" + cloud.account() + ":user/ada is not authorized to perform: dynamodb:"
                                + action + " on resource: " + arn()
                                + " because no identity-based policy allows the dynamodb:" + action + " action"));
    }

    private ExecuteStatementResponse execute(String statement) {
        return user.executeStatement(e -> e.statement(statement));
    }

    @Test
    void readsKeepToTheAttributesAllowed() {
        policy(statement("Allow", "*", SOME_ATTRIBUTES));

        passes(() -> user.getItem(g -> g.tableName(TABLE).key(ADA).projectionExpression("top")));
        denied(
                "GetItem",
                () -> user.getItem(g -> g.tableName(TABLE).key(ADA).projectionExpression("top, covert.a[0]")));
        denied("GetItem", () -> user.getItem(g -> g.tableName(TABLE).key(ADA)));
        passes(() -> user.getItem(g -> g.tableName(TABLE).key(ADA).attributesToGet("id")));
        denied("GetItem", () -> user.getItem(g -> g.tableName(TABLE).key(ADA).attributesToGet("id", "covert")));
        passes(() -> user.scan(
                s -> s.tableName(TABLE).projectionExpression("#t").expressionAttributeNames(Map.of("#t", "top"))));
        denied(
                "Scan",
                () -> user.scan(s -> s.tableName(TABLE)
                        .projectionExpression("#t")
                        .expressionAttributeNames(Map.of("#t", "covert"))));
        denied("Scan", () -> user.scan(s -> s.tableName(TABLE).select("COUNT")));
        denied(
                "Scan",
                () -> user.scan(s ->
                        s.tableName(TABLE).projectionExpression("top").filterExpression("attribute_exists(covert)")));
    }

    @Test
    void batchesKeepToTheAttributesAllowed() {
        policy(statement("Allow", "*", SOME_ATTRIBUTES));
        var keys = KeysAndAttributes.builder().keys(List.of(ADA));

        passes(() -> user.batchGetItem(b ->
                b.requestItems(Map.of(TABLE, keys.projectionExpression("top").build()))));
        denied(
                "BatchGetItem",
                () -> user.batchGetItem(b -> b.requestItems(
                        Map.of(TABLE, keys.projectionExpression("covert").build()))));
    }

    @Test
    void updatesKeepToTheAttributesAllowed() {
        policy(statement("Allow", "UpdateItem", SOME_ATTRIBUTES));

        passes(() -> user.updateItem(u -> u.tableName(TABLE).key(ADA).updateExpression("SET top = top")));
        denied(
                "UpdateItem",
                () -> user.updateItem(u -> u.tableName(TABLE).key(ADA).updateExpression("SET top = covert")));
        denied(
                "UpdateItem",
                () -> user.updateItem(u -> u.tableName(TABLE)
                        .key(ADA)
                        .updateExpression("SET top = top")
                        .conditionExpression("attribute_exists(covert)")));
        denied(
                "UpdateItem",
                () -> user.updateItem(u -> u.tableName(TABLE)
                        .key(ADA)
                        .updateExpression("SET top = top")
                        .returnValues("ALL_NEW")));
        denied(
                "UpdateItem",
                () -> user.updateItem(u -> u.tableName(TABLE).key(ADA).attributeUpdates(Map.of("covert", REMOVED))));
    }

    @Test
    void whatIsNotSaidStillHasAValue() {
        policy(statement(
                "Allow",
                "*",
                "{\"StringEquals\": {\"dynamodb:ReturnValues\": \"NONE\","
                        + " \"dynamodb:ReturnConsumedCapacity\": \"NONE\"}}"));

        passes(() -> user.putItem(p -> p.tableName(TABLE).item(item("ada"))));
        denied(
                "PutItem",
                () -> user.putItem(p -> p.tableName(TABLE).item(item("ada")).returnValues("ALL_OLD")));
        denied(
                "PutItem",
                () -> user.putItem(p -> p.tableName(TABLE).item(item("ada")).returnConsumedCapacity("TOTAL")));
    }

    @Test
    void writesMayBeAllowedWithinTransactionsAlone() {
        policy(statement(
                "Allow", "*", "{\"StringEquals\": {\"dynamodb:EnclosingOperation\": \"TransactWriteItems\"}}"));

        passes(() -> user.transactWriteItems(t -> t.transactItems(PUT)));
        denied("PutItem", () -> user.putItem(p -> p.tableName(TABLE).item(item("ada"))));
        denied("GetItem", () -> user.transactGetItems(t -> t.transactItems(GET)));
    }

    @Test
    void statementsKeepToTheUsersOwnItems() {
        policy(statement(
                "Allow", "*", "{\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": [\"${aws:username}\"]}}"));

        passes(() -> user.getItem(g -> g.tableName(TABLE).key(ADA)));
        denied("GetItem", () -> user.getItem(g -> g.tableName(TABLE).key(key("bob"))));
        passes(() -> execute("SELECT * FROM scores WHERE id = 'ada'"));
        denied("PartiQLSelect", () -> execute("SELECT * FROM scores WHERE id = 'bob'"));
        denied("PartiQLSelect", () -> execute("SELECT * FROM scores WHERE id IN ['ada', 'bob']"));
        passes(() -> execute("UPDATE scores SET top = 2 WHERE id = 'ada'"));
        denied("PartiQLUpdate", () -> execute("UPDATE scores SET top = 2 WHERE id = 'bob'"));
        denied("PartiQLInsert", () -> execute("INSERT INTO scores VALUE {'id': 'eve'}"));
        denied("PartiQLDelete", () -> execute("DELETE FROM scores WHERE id = 'bob'"));
        passes(() -> execute("DELETE FROM scores WHERE id = 'ada'"));
        passes(() -> execute("INSERT INTO scores VALUE {'id': 'ada'}"));
    }

    @Test
    void statementsKeepToTheAttributesAllowed() {
        policy(statement("Allow", "*", SOME_ATTRIBUTES));

        passes(() -> execute("SELECT top FROM scores WHERE id = 'ada'"));
        denied("PartiQLSelect", () -> execute("SELECT covert FROM scores WHERE id = 'ada'"));
        denied("PartiQLSelect", () -> execute("SELECT * FROM scores WHERE id = 'ada'"));
        denied("PartiQLSelect", () -> execute("SELECT top FROM scores WHERE id = 'ada' AND covert = 'h'"));
        passes(() -> execute("UPDATE scores SET top = top + 1 WHERE id = 'ada' RETURNING MODIFIED NEW *"));
        denied("PartiQLUpdate", () -> execute("UPDATE scores SET top = top + 1 WHERE id = 'ada' RETURNING ALL NEW *"));
        denied("PartiQLUpdate", () -> execute("UPDATE scores SET top = covert WHERE id = 'ada'"));
        denied("PartiQLInsert", () -> execute("INSERT INTO scores VALUE {'id': 'eve', 'covert': 'x'}"));
    }

    @Test
    void selectsOfTheWholeTableMayBeDenied() {
        policy(
                statement("Allow", "PartiQLSelect", "{}"),
                statement("Deny", "PartiQLSelect", "{\"Bool\": {\"dynamodb:FullTableScan\": \"true\"}}"));

        passes(() -> execute("SELECT * FROM scores WHERE id = 'ada' OR id = 'bob'"));
        assertThat(People.refusal(() -> execute("SELECT * FROM scores WHERE id = 'ada' OR top = 1"))
                        .message())
                .endsWith("with an explicit deny in an identity-based policy");
        assertThat(People.refusal(() -> execute("SELECT * FROM scores")).code()).isEqualTo("AccessDeniedException");
        assertThat(People.refusal(() -> execute("SELECT * FROM")).code()).isEqualTo("ValidationException");
        denied("PartiQLDelete", () -> execute("DELETE FROM scores WHERE id = 'ada'"));
    }

    @Test
    void eachStatementOfABatchMustBeAllowed() {
        policy(statement("Allow", "*", "{\"ForAllValues:StringEquals\": {\"dynamodb:LeadingKeys\": [\"ada\"]}}"));

        passes(() -> user.batchExecuteStatement(b -> b.statements(select("ada"))));
        denied("PartiQLSelect", () -> user.batchExecuteStatement(b -> b.statements(select("ada"), select("bob"))));
    }

    private static BatchStatementRequest select(String id) {
        return BatchStatementRequest.builder()
                .statement("SELECT * FROM scores WHERE id = '" + id + "'")
                .build();
    }

    @Test
    void statementsMayBeAllowedWithinTransactionsAlone() {
        policy(statement(
                "Allow", "*", "{\"StringEquals\": {\"dynamodb:EnclosingOperation\": \"ExecuteTransaction\"}}"));
        String select = "SELECT * FROM scores WHERE id = 'ada'";

        passes(() -> user.executeTransaction(e -> e.transactStatements(
                ParameterizedStatement.builder().statement(select).build())));
        denied("PartiQLSelect", () -> execute(select));
    }
}

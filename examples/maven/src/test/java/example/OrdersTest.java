package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudjar.testkit.Cloud;
import dev.cloudjar.testkit.CloudTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A stranger's test: an order is a message, its document an object, its state an item. */
@CloudTest
class OrdersTest {
    private final Cloud cloud;

    OrdersTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void anOrderThatNobodyFinishesComesBack(SqsClient sqs) {
        String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"));

        assertEquals(List.of("one"), receive(sqs, queue));
        assertEquals(List.of(), receive(sqs, queue));

        cloud.advance(Duration.ofSeconds(30));

        assertEquals(List.of("one"), receive(sqs, queue));
    }

    @Test
    void itsDocumentIsKept(S3Client s3) {
        s3.createBucket(b -> b.bucket("documents"));
        s3.putObject(o -> o.bucket("documents").key("orders/1.txt"), RequestBody.fromString("one apple"));

        assertEquals(
                "one apple",
                s3.getObjectAsBytes(o -> o.bucket("documents").key("orders/1.txt")).asUtf8String());
    }

    @Test
    void itsStateIsKept(DynamoDbClient dynamo) {
        dynamo.createTable(t -> t.tableName("orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
        dynamo.putItem(p -> p.tableName("orders")
                .item(Map.of("id", AttributeValue.fromS("1"), "state", AttributeValue.fromS("paid"))));

        assertEquals(
                "paid",
                dynamo.getItem(g -> g.tableName("orders").key(Map.of("id", AttributeValue.fromS("1"))))
                        .item()
                        .get("state")
                        .s());
        assertTrue(cloud.calls().stream().anyMatch(call -> call.operation().equals("PutItem")));
    }

    private static List<String> receive(SqsClient sqs, String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(queue)).messages().stream()
                .map(Message::body)
                .toList();
    }
}

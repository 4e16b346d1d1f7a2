import dev.cloudjar.testkit.ApiCall;
import dev.cloudjar.testkit.Cloud;
import java.time.Duration;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a test on an older Java does; OlderJavaTest runs it. */
public class Older {
    public static void main(String[] arguments) {
        try (Cloud cloud = Cloud.start("--seed=5")) {
            SqsClient sqs = cloud.client(SqsClient.class);
            String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"));
            int first = sqs.receiveMessage(r -> r.queueUrl(queue)).messages().size();
            int hidden = sqs.receiveMessage(r -> r.queueUrl(queue)).messages().size();
            cloud.advance(Duration.ofSeconds(30));
            int again = sqs.receiveMessage(r -> r.queueUrl(queue)).messages().size();
            System.out.println(Runtime.version().feature() + ": " + first + hidden + again + " " + cloud.now() + " "
                    + cloud.calls().stream().map(ApiCall::operation).distinct().collect(Collectors.joining(" ")));
        }
    }
}

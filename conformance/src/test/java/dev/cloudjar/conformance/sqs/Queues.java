package dev.cloudjar.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What the tests do with queues all the time.
record Queues(TestCloud cloud, SqsClient sqs) {
    String create(String name) {
        return create(name, Map.of());
    }

    /// Creates a queue and checks that its URL is what AWS's looks like.
    String create(String name, Map<QueueAttributeName, String> attributes) {
        String url =
                sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
        assertThat(url).endsWith("/" + cloud.account() + "/" + name);
        return url;
    }

    String createFifo(String name) {
        return create(
                name + ".fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
    }

    String arn(String url) {
        String arn = attribute(url, QueueAttributeName.QUEUE_ARN);
        assertThat(arn)
                .isEqualTo("arn:aws:sqs:us-east-1:" + cloud.account() + ":" + url.substring(url.lastIndexOf('/') + 1));
        return arn;
    }

    String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(q -> q.queueUrl(url).attributeNames(name))
                .attributes()
                .getOrDefault(name, "");
    }

    void send(String url, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(m -> m.queueUrl(url).messageBody(body));
        }
    }

    void sendTo(String url, String group, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(m -> m.queueUrl(url).messageBody(body).messageGroupId(group));
        }
    }

    List<Message> receive(String url) {
        return sqs.receiveMessage(r -> r.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    List<String> bodies(String url) {
        return receive(url).stream().map(Message::body).toList();
    }

    Message one(String url) {
        List<Message> received = receive(url);
        assertThat(received).hasSize(1);
        return received.getFirst();
    }

    void delete(String url, Message message) {
        sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
}

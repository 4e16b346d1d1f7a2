package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

/// What a test class gets from [CloudTest], used as its users would.
@CloudTest
class InjectionTest {
    private final Cloud cloud;
    private final SqsClient sqs;

    InjectionTest(Cloud cloud, SqsClient sqs) {
        this.cloud = cloud;
        this.sqs = sqs;
    }

    @Test
    void anUndeletedMessageComesBackWhenTheClockIsMoved() {
        String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"));

        assertThat(receive(queue)).extracting(Message::body).containsExactly("one");
        assertThat(receive(queue)).isEmpty();

        cloud.advance(Duration.ofSeconds(30));

        assertThat(receive(queue)).extracting(Message::body).containsExactly("one");
    }

    @Test
    void errorsAreTheSdksOwn() {
        assertThatThrownBy(() -> receive("http://localhost:4566/000000000000/nowhere"))
                .isInstanceOf(QueueDoesNotExistException.class);

        assertThat(cloud.calls()).anySatisfy(call -> {
            assertThat(call.operation()).isEqualTo("ReceiveMessage");
            assertThat(call.error()).contains("QueueDoesNotExist");
        });
    }

    @Test
    void asyncClientsSeeTheSameCloud(SqsAsyncClient async) {
        String queue = async.createQueue(q -> q.queueName("async")).join().queueUrl();
        async.sendMessage(m -> m.queueUrl(queue).messageBody("one")).join();

        assertThat(receive(queue)).extracting(Message::body).containsExactly("one");
    }

    @Test
    void clientsOfOnesOwnReachItOverTheNetwork(URI endpoint, AwsCredentialsProvider credentials, Region region) {
        sqs.createQueue(q -> q.queueName("seen-from-outside"));

        try (var own = SqsClient.builder()
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .region(region)
                .build()) {
            assertThat(own.getQueueUrl(q -> q.queueName("seen-from-outside")).queueUrl())
                    .startsWith(endpoint.toString());
        }
    }

    @Test
    void theSameClientIsInjectedEachTime(SqsClient again, StsClient sts, Account account) {
        assertThat(again).isSameAs(sqs);
        assertThat(sts.getCallerIdentity().account()).isEqualTo(account.id());
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(queue)).messages();
    }

    /// A nested class has the cloud of the class around it.
    @Nested
    class Inside {
        @Test
        void theCloudIsThatOfTheOuterClass(Cloud inner) {
            assertThat(inner).isSameAs(cloud);
        }
    }
}

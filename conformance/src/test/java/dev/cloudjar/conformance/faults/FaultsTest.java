package dev.cloudjar.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// Faults that the admin API is asked for, as AWS's SDK meets them.
@OnCloud(alone = true)
class FaultsTest {
    private final TestCloud cloud;
    private final SqsClient sqs;
    private final Ec2Client ec2;
    private final HttpClient http = HttpClient.newHttpClient();

    FaultsTest(TestCloud cloud, SqsClient sqs, Ec2Client ec2) {
        this.cloud = cloud;
        this.sqs = sqs;
        this.ec2 = ec2;
    }

    private String admin(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(cloud.endpoint().resolve("/_cloudjar/" + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private void fault(String body) throws IOException, InterruptedException {
        assertThat(admin("POST", "faults", body)).contains("\"hits\":0");
    }

    @Test
    void anErrorOfTheOperationIsTheSdksOwnException() throws IOException, InterruptedException {
        String queue = sqs.createQueue(r -> r.queueName("over")).queueUrl();
        fault("{\"service\": \"sqs\", \"operation\": \"ReceiveMessage\", \"resource\": \"*:over\","
                + " \"error\": \"OverLimit\", \"times\": 1}");

        assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(queue))).isInstanceOf(OverLimitException.class);
        assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).isEmpty();
    }

    @Test
    void throttlingIsRecognisedAsSuch() throws IOException, InterruptedException {
        fault("{\"service\": \"ec2\", \"effect\": \"throttle\", \"times\": 1}");
        assertThatThrownBy(ec2::describeVpcs).isInstanceOfSatisfying(Ec2Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
            assertThat(e.isThrottlingException()).isTrue();
        });
        fault("{\"service\": \"sqs\", \"operation\": \"ListQueues\", \"effect\": \"throttle\", \"times\": 1}");
        assertThatThrownBy(sqs::listQueues)
                .isInstanceOfSatisfying(
                        SqsException.class,
                        e -> assertThat(e.isThrottlingException()).isTrue());
    }

    @Test
    void aServersErrorHasItsStatus() throws IOException, InterruptedException {
        fault("{\"operation\": \"GetQueueUrl\", \"error\": \"ServiceUnavailable\", \"times\": 1}");
        assertThatThrownBy(() -> sqs.getQueueUrl(r -> r.queueName("x")))
                .isInstanceOfSatisfying(
                        SqsException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    }

    @Test
    void aConnectionIsResetAndOthersStay() throws IOException, InterruptedException {
        sqs.createQueue(r -> r.queueName("kept"));
        fault("{\"operation\": \"DeleteQueue\", \"effect\": \"reset\", \"times\": 1}");
        assertThatThrownBy(() -> sqs.deleteQueue(r -> r.queueUrl("http://localhost/" + cloud.account() + "/kept")))
                .isInstanceOf(SdkClientException.class)
                .hasRootCauseInstanceOf(SocketException.class);
        assertThat(sqs.getQueueUrl(r -> r.queueName("kept")).queueUrl()).endsWith("kept");
    }

    @Test
    void slowIsStillAnswered() throws IOException, InterruptedException {
        fault("{\"operation\": \"ListDeadLetterSourceQueues\", \"effect\": \"slow\", \"delay\": \"PT0.01S\"}");
        String queue = sqs.createQueue(r -> r.queueName("slow")).queueUrl();
        assertThat(sqs.listDeadLetterSourceQueues(r -> r.queueUrl(queue)).queueUrls())
                .isEmpty();
    }

    @Test
    void faultsAreListedAndTakenAway() throws IOException, InterruptedException {
        fault("{\"id\": \"mine\", \"operation\": \"TagQueue\", \"error\": \"InternalError\", \"chance\": 0.5}");
        assertThat(admin("GET", "faults", "")).contains("\"id\":\"mine\"", "\"chance\":0.5", "\"status\":500");
        assertThat(admin("DELETE", "faults/mine", "")).contains("\"removed\":1");
        assertThat(admin("DELETE", "faults/mine", "")).contains("There is no fault 'mine'.");
        assertThat(admin("GET", "faults", "")).doesNotContain("mine");
        assertThat(admin("POST", "faults", "{\"chance\": 2, \"error\": \"X\"}")).contains("'chance' is a number");
        assertThat(admin("POST", "faults", "{\"colour\": \"red\"}")).contains("A fault has no 'colour'.");
        assertThat(admin("GET", "deliveries", "")).contains("onTheirWay", "failures");
    }
}

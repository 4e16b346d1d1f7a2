package dev.cloudjar.testkit.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.testkit.ApiCall;
import dev.cloudjar.testkit.Cloud;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// An application with Spring Cloud AWS, whose properties name no endpoint, talks to the cloud of its test.
@SpringBootTest(classes = CloudConnectionTest.Application.class)
@CloudConnection("--region=eu-west-1")
class CloudConnectionTest {
    private static final int PATIENCE_SECONDS = 60;

    /// A stranger's application: what comes to a queue is an order.
    @Configuration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Orders orders() {
            return new Orders();
        }
    }

    /// Listens to a queue, which Spring makes where it is not there.
    static class Orders {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @SqsListener("orders")
        void received(String order) {
            received.add(order);
        }
    }

    private final Cloud cloud;
    private final SqsTemplate sqs;
    private final Orders orders;
    private final AwsConnectionDetails details;

    @Autowired
    CloudConnectionTest(Cloud cloud, SqsTemplate sqs, Orders orders, AwsConnectionDetails details) {
        this.cloud = cloud;
        this.sqs = sqs;
        this.orders = orders;
        this.details = details;
    }

    @Test
    void listenersAndTemplatesReachIt() throws InterruptedException {
        sqs.send("orders", "one apple");

        assertThat(orders.received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("one apple");
        assertThat(cloud.calls()).extracting(ApiCall::operation).contains("SendMessage", "ReceiveMessage");
        assertThat(cloud.calls()).extracting(ApiCall::region).containsOnly("eu-west-1");
    }

    @Test
    void itsAddressIsThatOfTheCloud() {
        assertThat(details.getEndpoint()).isEqualTo(cloud.endpoint());
        assertThat(details.getRegion()).isEqualTo("eu-west-1");
        assertThat(details.getAccessKey()).isEqualTo(cloud.account().accessKeyId());
        assertThat(details.getSecretKey()).isEqualTo(cloud.account().secretAccessKey());
    }
}

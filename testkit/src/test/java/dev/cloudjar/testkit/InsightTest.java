package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.testkit.CloudStartTest.Place;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.StsClient;

/// What a cloud tells of roles, decisions, faults and events, in both of the ways in which it can run.
class InsightTest {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String SENDING = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Sending\","
            + "\"Effect\":\"Allow\",\"Action\":[\"sqs:SendMessage\",\"sqs:GetQueueUrl\"],\"Resource\":\"*\"}]}";

    /// A role that may send messages and do nothing else.
    private static String sender(Cloud cloud) {
        IamClient iam = cloud.client(IamClient.class);
        String arn = iam.createRole(r -> r.roleName("sender").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        iam.putRolePolicy(p -> p.roleName("sender").policyName("sending").policyDocument(SENDING));
        return arn;
    }

    private static String queue(Cloud cloud) {
        return cloud.client(SqsClient.class)
                .createQueue(q -> q.queueName("orders"))
                .queueUrl();
    }

    private static String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoleMayDoWhatItsPoliciesAllow(Place place) {
        try (Cloud cloud = place.start()) {
            Account role = cloud.as(sender(cloud));
            String queue = queue(cloud);
            SqsClient sqs = role.client(SqsClient.class);
            cloud.advance(Duration.ofDays(400));

            assertThat(role.client(StsClient.class).getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::000000000000:assumed-role/sender/test");
            assertThat(code(() -> sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"))))
                    .isEmpty();
            assertThat(code(() -> sqs.receiveMessage(m -> m.queueUrl(queue)))).startsWith("AccessDenied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoleThatIsNotThereHasNoClients(Place place) {
        try (Cloud cloud = place.start()) {
            assertThatThrownBy(() -> cloud.as("arn:aws:iam::000000000000:role/nobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("role/nobody");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDecisionIsExplained(Place place) {
        try (Cloud cloud = place.start()) {
            SqsClient sqs = cloud.as(sender(cloud)).client(SqsClient.class);
            String queue = queue(cloud);
            sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"));
            code(() -> sqs.purgeQueue(m -> m.queueUrl(queue)));
            var calls = cloud.calls();

            assertThat(cloud.why(calls.get(calls.size() - 2))).singleElement().satisfies(decision -> {
                assertThat(decision.allowed()).isTrue();
                assertThat(decision.action()).isEqualTo("sqs:SendMessage");
                assertThat(decision.statements()).singleElement().satisfies(statement -> {
                    assertThat(statement.statement()).isEqualTo("Sending");
                    assertThat(statement.allows()).isTrue();
                });
            });
            assertThat(cloud.why(calls.get(calls.size() - 1))).singleElement().satisfies(decision -> {
                assertThat(decision.allowed()).isFalse();
                assertThat(decision.resource()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:orders");
                assertThat(decision.because()).contains("not authorized to perform: sqs:PurgeQueue");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLeastThatARoleNeedsIsKnown(Place place) {
        try (Cloud cloud = place.start()) {
            String role = sender(cloud);
            String queue = queue(cloud);
            cloud.as(role)
                    .client(SqsClient.class)
                    .sendMessage(m -> m.queueUrl(queue).messageBody("one"));

            assertThat(cloud.leastPrivilege(role))
                    .contains("\"sqs:SendMessage\"", "\"arn:aws:sqs:us-east-1:000000000000:orders\"")
                    .doesNotContain("GetQueueUrl");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsFailWhenTheyAreToldTo(Place place) {
        try (Cloud cloud = place.start()) {
            SqsClient sqs = cloud.client(SqsClient.class);
            String queue = queue(cloud);
            Fault fault = cloud.faults().on("sqs", "SendMessage").times(2).refuse("OverLimit");

            assertThatThrownBy(() -> sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one")))
                    .isInstanceOf(OverLimitException.class);
            assertThat(fault.hits()).isEqualTo(1);

            fault.close();
            sqs.sendMessage(m -> m.queueUrl(queue).messageBody("one"));
            assertThat(cloud.faults().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultsAreForTheCallsThatTheyName(Place place) {
        try (Cloud cloud = place.start()) {
            queue(cloud);
            cloud.faults().on("sqs", "*").region("eu-*").refuse("ServiceUnavailable");
            cloud.faults()
                    .on("sqs", "GetQueueUrl")
                    .resource("*:orders")
                    .chance(1, 7)
                    .refuse("AWS.SimpleQueueService.NonExistentQueue");

            assertThatThrownBy(() -> cloud.client(SqsClient.class).getQueueUrl(q -> q.queueName("orders")))
                    .isInstanceOf(QueueDoesNotExistException.class);
            assertThat(cloud.faults().all()).hasSize(2);

            cloud.faults().clear();
            cloud.client(SqsClient.class).getQueueUrl(q -> q.queueName("orders"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsOfServicesAreSeen(Place place) {
        try (Cloud cloud = place.start("--seed=1")) {
            S3Client s3 = cloud.client(S3Client.class);
            s3.createBucket(b -> b.bucket("photos"));
            s3.putBucketNotificationConfiguration(n -> n.bucket("photos")
                    .notificationConfiguration(c -> c.eventBridgeConfiguration(
                            EventBridgeConfiguration.builder().build())));
            s3.putObject(o -> o.bucket("photos").key("cat.jpg"), RequestBody.fromString("meow"));

            assertThat(cloud.events()).singleElement().satisfies(event -> {
                assertThat(event.source()).isEqualTo("aws.s3");
                assertThat(event.detailType()).isEqualTo("Object Created");
                assertThat(event.at()).isEqualTo("2030-01-01T00:00:00Z");
                assertThat(event.resources()).containsExactly("arn:aws:s3:::photos");
                assertThat(event.detail()).contains("cat.jpg");
            });

            cloud.reset();
            assertThat(cloud.events()).isEmpty();
        }
    }
}

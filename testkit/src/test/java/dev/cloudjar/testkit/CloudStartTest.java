package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// A cloud for a test of any framework, in both of the ways in which it can run.
class CloudStartTest {
    /// Where the cloud is.
    enum Place {
        HERE,
        IN_A_PROCESS_OF_ITS_OWN;

        Cloud start(String... options) {
            return Cloud.start(this == HERE ? Running.Mode.HERE : Running.Mode.CHILD, options);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cloudsShareNothing(Place place) {
        try (Cloud one = place.start();
                Cloud other = place.start()) {
            one.client(SqsClient.class).createQueue(q -> q.queueName("mine"));

            assertThat(queues(one.account())).hasSize(1);
            assertThat(queues(other.account())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void accountsAndRegionsShareNothing(Place place) {
        try (Cloud cloud = place.start("--region=eu-west-1")) {
            Account other = cloud.account("111111111111");
            other.client(SqsClient.class).createQueue(q -> q.queueName("mine"));

            assertThat(other.client(StsClient.class).getCallerIdentity().account())
                    .isEqualTo("111111111111");
            assertThat(other.region()).isEqualTo("eu-west-1");
            assertThat(queues(other)).hasSize(1);
            assertThat(queues(other.in("us-west-2"))).isEmpty();
            assertThat(queues(cloud.account())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSeedRepeatsEverything(Place place) {
        assertThat(sent(place, "--seed=7")).isEqualTo(sent(place, "--seed", "7"));
        assertThat(sent(place, "--seed=7")).isNotEqualTo(sent(place, "--seed=8"));
    }

    private static String sent(Place place, String... options) {
        try (Cloud cloud = place.start(options)) {
            var sqs = cloud.client(SqsClient.class);
            String url = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
            return sqs.sendMessage(m -> m.queueUrl(url).messageBody("one")).messageId()
                    + cloud.calls().get(1).at();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theClockStandsWhereItIsPut(Place place) {
        try (Cloud cloud = place.start("--seed=1")) {
            assertThat(cloud.now()).isEqualTo("2030-01-01T00:00:00Z");

            cloud.advance(Duration.ofDays(1).plusMillis(1));
            assertThat(cloud.now()).isEqualTo("2030-01-02T00:00:00.001Z");

            cloud.moveTo(Instant.parse("2040-05-06T07:08:09Z"));
            assertThat(cloud.now()).isEqualTo("2040-05-06T07:08:09Z");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunningClockCanBeStopped(Place place) {
        try (Cloud cloud = place.start()) {
            cloud.freeze();

            assertThat(cloud.now()).isEqualTo(cloud.now());
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAResetNothingIsThere(Place place) {
        try (Cloud cloud = place.start()) {
            cloud.client(SqsClient.class).createQueue(q -> q.queueName("mine"));

            cloud.reset();

            assertThat(cloud.calls()).isEmpty();
            assertThat(queues(cloud.account())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatChangedSinceASnapshotIsKnownAndCanBeUndone(Place place) {
        try (Cloud cloud = place.start()) {
            var sqs = cloud.client(SqsClient.class);
            String kept = sqs.createQueue(q -> q.queueName("kept")).queueUrl();
            Snapshot before = cloud.snapshot();

            sqs.createQueue(q -> q.queueName("added"));
            sqs.sendMessage(m -> m.queueUrl(kept).messageBody("one"));

            assertThat(cloud.diff(before).resources()).singleElement().satisfies(resource -> {
                assertThat(resource.arn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:added");
                assertThat(resource.change()).isEqualTo("added");
                assertThat(resource.before()).isEmpty();
                assertThat(resource.after()).isNotEmpty();
            });
            assertThat(cloud.diff(before).rows()).anySatisfy(rows -> {
                assertThat(rows.region()).isEqualTo("us-east-1");
                assertThat(rows.added()).isPositive();
            });

            cloud.restore(before);

            assertThat(queues(cloud.account())).containsExactly(kept);
            assertThat(cloud.diff(before).resources()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCalledIsKnown(Place place) {
        try (Cloud cloud = place.start("--seed=3")) {
            queues(cloud.account());

            assertThat(cloud.calls()).extracting(ApiCall::operation).containsExactly("ListQueues");
            assertThat(cloud)
                    .asString()
                    .isEqualTo("a cloud with the seed 3; its latest calls:\n    2030-01-01T00:00:00Z sqs ListQueues of"
                            + " arn:aws:iam::000000000000:root in us-east-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void buildersOfOnesOwnArePointedAtIt(Place place) {
        try (Cloud cloud = place.start();
                StsClient sts = cloud.account("222222222222")
                        .configure(StsClient.builder())
                        .build()) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("222222222222");
        }
    }

    @ParameterizedTest
    @EnumSource
    void optionsThatAreNoneAreRefused(Place place) {
        assertThatThrownBy(() -> place.start("--sed=1").close()).hasMessageContaining("There is no option --sed=1");
    }

    @ParameterizedTest
    @EnumSource
    void aTimeThatCannotBeIsRefused(Place place) {
        try (Cloud cloud = place.start()) {
            assertThatThrownBy(() -> cloud.moveTo(Instant.parse("1969-12-31T23:59:59Z")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the clock goes from");
        }
    }

    private static List<String> queues(Account account) {
        return account.client(SqsClient.class).listQueues().queueUrls();
    }
}

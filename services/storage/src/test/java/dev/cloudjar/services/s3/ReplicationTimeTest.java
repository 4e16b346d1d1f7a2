package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.DeleteMarkerReplication;
import dev.cloudjar.api.S3.Destination;
import dev.cloudjar.api.S3.Metrics;
import dev.cloudjar.api.S3.NotificationConfiguration;
import dev.cloudjar.api.S3.PutBucketNotificationConfigurationRequest;
import dev.cloudjar.api.S3.PutBucketReplicationRequest;
import dev.cloudjar.api.S3.PutObjectTaggingRequest;
import dev.cloudjar.api.S3.QueueConfiguration;
import dev.cloudjar.api.S3.ReplicationConfiguration;
import dev.cloudjar.api.S3.ReplicationRule;
import dev.cloudjar.api.S3.ReplicationRuleFilter;
import dev.cloudjar.api.S3.ReplicationTime;
import dev.cloudjar.api.S3.ReplicationTimeValue;
import dev.cloudjar.api.S3.Tagging;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A bucket's events tell of copies that come late, and of those that nobody measures any more.
class ReplicationTimeTest {
    private static final String TASK = dev.cloudjar.services.s3.ReplicationTime.TASK;
    private static final String MISSED = "Replication:OperationMissedThreshold";
    private static final String LATE = "Replication:OperationReplicatedAfterThreshold";
    private static final String UNTRACKED = "Replication:OperationNotTracked";

    private final List<Map<String, ?>> events = new ArrayList<>();
    private final S3UnderTest s3 = S3UnderTest.beside(new Service.Entry("sqs", kernel -> new Mailbox(kernel, events)));

    /// Takes in what it is sent, and has done what an agenda comes to late.
    private record Mailbox(Kernel kernel, List<Map<String, ?>> events) implements Service {
        @Override
        public List<Api> parts() {
            return List.of(new Sts() {});
        }

        @Override
        public void accept(Arn target, Payload payload) {
            Map<String, ?> message = Json.object(payload.text()).orElseThrow();
            if (message.get("Records") instanceof List<?> records && records.getFirst() instanceof Map<?, ?> record) {
                @SuppressWarnings("unchecked")
                var event = (Map<String, ?>) record;
                if ("ObjectTagging:Put".equals(event.get("eventName"))) {
                    kernel.agenda().at(kernel.time().now(), "s3", TASK, subject(event));
                } else {
                    events.add(event);
                }
            }
        }

        private static String subject(Map<String, ?> event) {
            var told = (Map<?, ?>) Objects.requireNonNull(event.get("s3"));
            var about = (Map<?, ?>) Objects.requireNonNull(told.get("object"));
            return "source/" + about.get("versionId") + "/arn%3Aaws%3As3%3A%3A%3Atarget+a+rule/k";
        }
    }

    @BeforeEach
    void create() {
        for (String bucket : List.of("source", "target")) {
            s3.createBucket(bucket);
            s3.version(bucket, "Enabled");
        }
        replicate("Enabled");
        s3.call(new PutBucketNotificationConfigurationRequest()
                .bucket("source")
                .notificationConfiguration(new NotificationConfiguration()
                        .queueConfigurations(List.of(new QueueConfiguration()
                                .queueArn("arn:aws:sqs:us-east-1:" + S3UnderTest.ACCOUNT + ":told")
                                .events(List.of("s3:Replication:*", "s3:ObjectTagging:Put"))))));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private void replicate(String metrics) {
        var time = new ReplicationTimeValue().minutes(15);
        var to = new Destination()
                .bucket("arn:aws:s3:::target")
                .metrics(new Metrics().status(metrics).eventThreshold(time))
                .replicationTime(new ReplicationTime().status(metrics).time(time));
        var rule = new ReplicationRule()
                .id("a rule")
                .status("Enabled")
                .priority(1)
                .filter(new ReplicationRuleFilter().prefix(""))
                .deleteMarkerReplication(new DeleteMarkerReplication().status("Disabled"))
                .destination(to);
        s3.call(new PutBucketReplicationRequest()
                .bucket("source")
                .replicationConfiguration(new ReplicationConfiguration()
                        .role("arn:aws:iam::" + S3UnderTest.ACCOUNT + ":role/copier")
                        .rules(List.of(rule))));
    }

    /// Has a version copied, and again after so long, as if the first time had not been.
    private void copyLate(Duration after, Runnable before) {
        s3.put("source", "k", "bytes");
        s3.pass(Duration.ZERO);
        assertThat(s3.get("target", "k")).isEqualTo("bytes");
        assertThat(events).isEmpty();
        before.run();
        s3.pass(after);
        s3.call(new PutObjectTaggingRequest().bucket("source").key("k").tagging(new Tagging().tagSet(List.of())));
        s3.pass(Duration.ZERO);
    }

    @Test
    void aCopyInTimeIsNotSpokenOf() {
        copyLate(Duration.ofMinutes(15), () -> {});

        assertThat(events).isEmpty();
    }

    @Test
    void aCopyBeyondTheThresholdHasMissedItAndCameLate() {
        copyLate(Duration.ofMinutes(16), () -> {});

        assertThat(events)
                .extracting(event -> String.valueOf(event.get("eventName")))
                .containsExactly(MISSED, LATE);
        assertThat(events.getFirst().get("replicationEventData"))
                .isEqualTo(Map.of(
                        "replicationRuleId", "a rule",
                        "destinationBucket", "arn:aws:s3:::target",
                        "s3Operation", "OBJECT_PUT",
                        "requestTime", "2026-01-10T12:00:00.000Z"));
    }

    @Test
    void aCopyWhoseRuleDoesNotMeasureAnyMoreIsNotTracked() {
        copyLate(Duration.ofMinutes(16), () -> replicate("Disabled"));

        assertThat(events)
                .extracting(event -> String.valueOf(event.get("eventName")))
                .containsExactly(UNTRACKED);
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.ReplicationRule;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.s3.EventJson.Happening;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a bucket's events tell of copies whose time is measured: that they have missed it, that they came late,
/// or that nobody measures them any more.
final class ReplicationTime {
    static final String TASK = "replicate-timed";

    /// The threshold that replication time control has.
    private static final int MINUTES = 15;

    private final Kernel kernel;
    private final Changes changes;

    ReplicationTime(Kernel kernel, Changes changes) {
        this.kernel = kernel;
        this.changes = changes;
    }

    static boolean isMeasured(ReplicationRule rule) {
        return rule.destination()
                .metrics()
                .filter(metrics -> metrics.status().equals("Enabled"))
                .isPresent();
    }

    /// The measured ones of `rules` as one word; empty where there are none.
    static String measured(List<ReplicationRule> rules) {
        return rules.stream()
                .filter(ReplicationTime::isMeasured)
                .map(rule -> URLEncoder.encode(name(rule), StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    private static String name(ReplicationRule rule) {
        return rule.destination().bucket() + ' ' + rule.id().orElse("");
    }

    /// Tells of the rules that measured the copying of `version` when it came into being, and do so no more or
    /// have their threshold behind them; answers the latter.
    List<ReplicationRule> tellBefore(OwnedBucket bucket, Version version, String measured, List<ReplicationRule> now) {
        List<ReplicationRule> late = new ArrayList<>();
        for (String word : measured.split(",", -1)) {
            String name = URLDecoder.decode(word, StandardCharsets.UTF_8);
            Optional<ReplicationRule> still = now.stream()
                    .filter(rule -> isMeasured(rule) && name(rule).equals(name))
                    .findFirst();
            if (still.isEmpty()) {
                int space = name.indexOf(' ');
                String rule = name.substring(space + 1);
                tell(bucket, version, "OperationNotTracked", rule, name.substring(0, space));
            }
            still.filter(rule -> isLate(rule, version)).ifPresent(late::add);
        }
        late.forEach(rule -> tell(bucket, version, "OperationMissedThreshold", rule));
        return late;
    }

    /// Tells that a version was copied late by these rules.
    void tellAfter(OwnedBucket bucket, Version version, List<ReplicationRule> late) {
        late.forEach(rule -> tell(bucket, version, "OperationReplicatedAfterThreshold", rule));
    }

    private boolean isLate(ReplicationRule rule, Version version) {
        boolean timed = rule.destination()
                .replicationTime()
                .filter(time -> time.status().equals("Enabled"))
                .isPresent();
        int minutes = rule.destination()
                .metrics()
                .flatMap(metrics -> metrics.eventThreshold())
                .flatMap(threshold -> threshold.minutes())
                .orElse(MINUTES);
        Duration taken =
                Duration.between(version.origin().modified(), kernel.time().now());
        return timed && taken.compareTo(Duration.ofMinutes(minutes)) > 0;
    }

    private void tell(OwnedBucket bucket, Version version, String event, ReplicationRule rule) {
        tell(bucket, version, event, rule.id().orElse(""), rule.destination().bucket());
    }

    private void tell(OwnedBucket bucket, Version version, String event, String rule, String destination) {
        changes.told(
                bucket,
                version,
                Happening.replication(event, rule, destination, version.origin().modified()));
    }
}

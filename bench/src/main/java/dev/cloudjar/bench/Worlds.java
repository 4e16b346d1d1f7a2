package dev.cloudjar.bench;

import dev.cloudjar.testkit.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Measures clouds inside a JVM that is warm already, as the test kit starts them.
final class Worlds {
    private static final int WARM = 200;
    private static final int IN_A_ROW = 1000;
    private static final int AT_ONCE = 200;
    private static final int CALLS = 20_000;
    private static final double MEGABYTE = 1 << 20;

    private final InstantSource clock = InstantSource.system();

    /// Milliseconds and microseconds at the median and the 99th percentile, megabytes of heap after a collection.
    record Figures(Spread start, Spread firstCall, Spread stop, Heap heap, Spread inside, Spread loopback) {}

    record Spread(double median, double p99) {
        static Spread of(List<Double> figures) {
            List<Double> sorted = figures.stream().sorted().toList();
            return new Spread(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
        }
    }

    /// Before any world, after a thousand in a row, and with two hundred at once.
    record Heap(double before, double afterwards, double atOnce) {}

    Figures run() {
        for (int i = 0; i < WARM; i++) {
            try (Cloud cloud = Cloud.start()) {
                cloud.client(SqsClient.class).listQueues();
            }
        }
        var starts = new ArrayList<Double>();
        var calls = new ArrayList<Double>();
        var stops = new ArrayList<Double>();
        double before = usedMegabytes();
        for (int i = 0; i < IN_A_ROW; i++) {
            Cloud cloud = timed(starts, Cloud::start);
            timed(calls, () -> cloud.client(SqsClient.class).listQueues());
            timed(stops, () -> {
                cloud.close();
                return cloud;
            });
        }
        double afterwards = usedMegabytes();
        var heap = new Heap(before, afterwards, atOnce());
        return new Figures(millis(starts), millis(calls), millis(stops), heap, sdkCalls(false), sdkCalls(true));
    }

    private double atOnce() {
        var clouds = new ArrayList<Cloud>();
        for (int i = 0; i < AT_ONCE; i++) {
            Cloud cloud = Cloud.start();
            cloud.client(SqsClient.class).createQueue(q -> q.queueName("orders"));
            clouds.add(cloud);
        }
        double used = usedMegabytes();
        clouds.forEach(Cloud::close);
        return used;
    }

    /// Microseconds of one `GetQueueUrl` through the AWS SDK.
    private Spread sdkCalls(boolean overTheNetwork) {
        try (Cloud cloud = Cloud.start()) {
            if (overTheNetwork) {
                cloud.endpoint();
            }
            try (SqsClient sqs = overTheNetwork
                    ? outside(cloud)
                    : cloud.account().configure(SqsClient.builder()).build()) {
                sqs.createQueue(q -> q.queueName("orders"));
                var nanos = new ArrayList<Double>();
                for (int i = 0; i < CALLS; i++) {
                    timed(nanos, () -> sqs.getQueueUrl(q -> q.queueName("orders")));
                }
                return Spread.of(nanos.subList(CALLS / 2, CALLS).stream()
                        .map(n -> n / 1e3)
                        .toList());
            }
        }
    }

    private static SqsClient outside(Cloud cloud) {
        return SqsClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.of(cloud.account().region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
    }

    private <R> R timed(List<Double> nanos, Supplier<R> work) {
        Instant begin = clock.instant();
        R result = work.get();
        nanos.add((double) Duration.between(begin, clock.instant()).toNanos());
        return result;
    }

    private static Spread millis(List<Double> nanos) {
        return Spread.of(nanos.stream().map(n -> n / 1e6).toList());
    }

    private static double usedMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
    }
}

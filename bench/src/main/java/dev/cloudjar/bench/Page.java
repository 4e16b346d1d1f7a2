package dev.cloudjar.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes `docs/performance.md` from one run's figures.
final class Page {
    private final StringBuilder text = new StringBuilder();

    Page() {
        text.append("""
                # Performance

                What `./cloudjar bench` measured, as it wrote it down; the budgets are those of the design. Client and
                server share %d processor cores, so every figure includes what the load generator, `wrk`, takes from the
                server. Figures are medians of several rounds.
                """.formatted(Runtime.getRuntime().availableProcessors()));
    }

    Page starts(StartUp.Figures without, StartUp.Figures with) {
        text.append("""

                ## Start and memory

                From the start of the JVM to the answer of a first `ListQueues`, with an empty data directory; resident
                memory two seconds later.

                | | first answer | budget | resident | budget |
                |---|---:|---:|---:|---:|
                | with the AOT cache | %.0f ms | 250 ms | %.0f MB | 90 MB |
                | without it | %.0f ms | 900 ms | %.0f MB | |
                """.formatted(
                        with.firstAnswerMillis(),
                        with.residentMegabytes(),
                        without.firstAnswerMillis(),
                        without.residentMegabytes()));
        return this;
    }

    Page load(List<Sample> samples) {
        text.append("""

                ## Amazon SQS

                Messages of 100 bytes in %d queues, one a call, over the JSON protocol. *Ratio* is the throughput compared
                with a bare Netty server that answers 200 fixed bytes to the same requests over as many connections, in
                the same run. CPU is the server's processor time a request. The budget at 64 connections with the journal
                (`os`) is 25,000 requests a second, 60 µs of CPU and 10 ms at the 99th percentile.

                | store | operation | connections | requests/s | ratio | median | p99 | CPU |
                |---|---|---:|---:|---:|---:|---:|---:|
                """.formatted(Queues.COUNT));
        for (Sample sample : samples) {
            text.append(row(sample, samples));
        }
        long errors = samples.stream().mapToLong(s -> s.result().errors()).sum();
        text.append("\nRequests that failed in all of these: ").append(errors).append(".\n");
        return this;
    }

    private static String row(Sample sample, List<Sample> all) {
        double bare = all.stream()
                .filter(s -> s.store().equals("bare") && s.connections() == sample.connections())
                .mapToDouble(s -> s.result().throughput())
                .findFirst()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %,.0f | %.2f | %.2f ms | %.2f ms | %.0f µs |%n",
                sample.store(),
                sample.operation(),
                sample.connections(),
                sample.result().throughput(),
                sample.result().throughput() / bare,
                sample.result().median() / 1000.0,
                sample.result().p99() / 1000.0,
                sample.cpuMicros());
    }

    Page batcher(Batcher.Figures figures) {
        text.append("""

                ## The Java SDK's request batcher

                For %d seconds at full load: %,d messages sent, %,d received and deleted, %d calls failed.
                """.formatted(figures.seconds(), figures.sent(), figures.deleted(), figures.errors()));
        return this;
    }

    Page codec(Map<String, Double> micros) {
        text.append(
                """

                ## Codec

                A DynamoDB PutItem of about 1 KB, once warm (JMH): decoded in %.1f µs (budget 5 µs); a GetItem's answer
                with the same item encoded in %.1f µs.
                """.formatted(micros.getOrDefault("decode", Double.NaN), micros.getOrDefault("encode", Double.NaN)));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

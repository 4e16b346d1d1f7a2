package dev.cloudjar.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes `docs/performance.md`: a section for each thing that was measured in this run, in the place of the one
/// with the same heading. What was not measured stays as it is.
final class Page {
    private static final String HEADING = "\n## ";

    private final Map<String, String> sections = new LinkedHashMap<>();

    /// A section: its heading and the text below it.
    Page section(String heading, String body) {
        sections.put(heading, "\n" + body.strip() + "\n");
        return this;
    }

    Page starts(StartUp.Figures without, StartUp.Figures with) {
        return section("Start and memory", """
                From the start of the JVM to the answer of a first `ListQueues`, with an empty data directory; the
                processor time of that, on all cores together; resident memory two seconds later. Medians of nine starts.

                | | first answer | budget | CPU | resident | budget |
                |---|---:|---:|---:|---:|---:|
                | with the AOT cache | %.0f ms | 250 ms | %.0f ms | %.0f MB | 90 MB |
                | without it | %.0f ms | 900 ms | %.0f ms | %.0f MB | |
                """.formatted(
                        with.firstAnswerMillis(),
                        with.cpuMillis(),
                        with.residentMegabytes(),
                        without.firstAnswerMillis(),
                        without.cpuMillis(),
                        without.residentMegabytes()));
    }

    Page load(List<Sample> samples) {
        var text = new StringBuilder("""
                Messages of 100 bytes in %d queues, one a call, over the JSON protocol. *Ratio* is the throughput compared
                with a bare Netty server that answers 200 fixed bytes to the same requests over as many connections, in
                the same run. CPU is the server's processor time a request. The budget at 64 connections with the journal
                (`os`) is 25,000 requests a second, 60 µs of CPU and 10 ms at the 99th percentile.

                | store | operation | connections | requests/s | ratio | median | p99 | CPU |
                |---|---|---:|---:|---:|---:|---:|---:|
                """.formatted(Queues.COUNT));
        append(text, samples);
        return section("Amazon SQS", text.toString());
    }

    /// A row for each sample, compared with the bare server, and how many requests failed.
    private static void append(StringBuilder text, List<Sample> samples) {
        samples.forEach(sample -> text.append(row(sample, samples)));
        long errors = samples.stream().mapToLong(s -> s.result().errors()).sum();
        text.append("\nRequests that failed in all of these: ").append(errors).append(".\n");
    }

    private static String row(Sample sample, List<Sample> all) {
        return row(
                sample,
                all.stream()
                        .filter(s -> s.store().equals("bare") && s.connections() == sample.connections())
                        .mapToDouble(s -> s.result().throughput())
                        .findFirst()
                        .orElseThrow());
    }

    private static String row(Sample sample, double bare) {
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

    Page objects(List<Sample> samples) {
        var text = new StringBuilder("""
                Objects chosen by chance among eight, with the journal (`os`). *Ratio* is the throughput compared with a bare
                Netty server that serves and takes in the same files, in the same run. The budgets are 0.80 for reads and
                0.70 for writes of 8 MiB, 35,000 reads and 20,000 writes of 1 KiB a second, and 1.5 ms of CPU for a list
                of a thousand keys, however many the bucket has.

                | store | operation | connections | requests/s | ratio | median | p99 | CPU |
                |---|---|---:|---:|---:|---:|---:|---:|
                """);
        for (Sample sample : samples) {
            double bare = samples.stream()
                    .filter(s -> s.store().equals("bare") && s.operation().equals(sample.operation()))
                    .mapToDouble(s -> s.result().throughput())
                    .findFirst()
                    .orElse(sample.result().throughput());
            text.append(row(sample, bare));
        }
        return section("Amazon S3", text.toString());
    }

    Page items(ItemLoad.Figures figures) {
        List<Sample> samples = figures.samples();
        var text = new StringBuilder("""
                Items of about 300 bytes, chosen by chance, with the journal (`os`); a transaction writes ten, and all
                write to one where the key is hot. *Ratio* is the throughput compared with a bare Netty server that
                answers 200 fixed bytes to reads, in the same run; CPU is the server's processor time a request. The
                budget at 64 connections is 30,000 reads and 25,000 writes a second at 60 µs of CPU, 3,000 transactions,
                and 150 µs for a Query of 100, within 15 % the same in both tables; 600 MB for a million items.

                | table | operation | connections | requests/s | ratio | median | p99 | CPU |
                |---|---|---:|---:|---:|---:|---:|---:|
                """);
        append(text, samples);
        figures.besides().forEach(line -> text.append("\n- ").append(line).append('.'));
        return section("Amazon DynamoDB", text.toString());
    }

    Page batcher(Batcher.Figures figures) {
        return section("The Java SDK's request batcher", """
                For %d seconds at full load: %,d messages sent, %,d received and deleted, %d calls failed.
                """.formatted(
                        figures.seconds(), figures.sent(), figures.deleted(), figures.errors()));
    }

    Page worlds(Worlds.Figures figures) {
        return section("Clouds inside a test", """
                As the test kit starts them, in a JVM that has started 200 before; the budget for a start is 10 ms.

                | | median | 99th percentile |
                |---|---:|---:|
                | start | %.2f ms | %.2f ms |
                | first call of its first client (AWS SDK) | %.2f ms | %.2f ms |
                | stop | %.2f ms | %.2f ms |
                | a call of the AWS SDK without a socket | %.0f µs | %.0f µs |
                | the same over loopback | %.0f µs | %.0f µs |

                Heap in use: %.0f MB before, %.0f MB after a thousand clouds in a row, %.0f MB with two hundred at once, each
                with a client and a queue.
                """.formatted(
                        figures.start().median(),
                        figures.start().p99(),
                        figures.firstCall().median(),
                        figures.firstCall().p99(),
                        figures.stop().median(),
                        figures.stop().p99(),
                        figures.inside().median(),
                        figures.inside().p99(),
                        figures.loopback().median(),
                        figures.loopback().p99(),
                        figures.heap().before(),
                        figures.heap().afterwards(),
                        figures.heap().atOnce()));
    }

    Page codec(Map<String, Double> micros) {
        return section("Codec", """
                A DynamoDB PutItem of about 1 KB, once warm (JMH): decoded in %.1f µs (budget 5 µs); a GetItem's answer
                with the same item encoded in %.1f µs.
                """.formatted(
                        micros.getOrDefault("decode", Double.NaN), micros.getOrDefault("encode", Double.NaN)));
    }

    /// `page` with the sections of this run in it.
    String over(String page) {
        var all = new LinkedHashMap<String, String>();
        String[] parts = page.split(HEADING);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            all.put(part.substring(0, end), part.substring(end));
        }
        all.putAll(sections);
        var text = new StringBuilder(parts[0]);
        all.forEach((heading, body) -> text.append(HEADING)
                .append(heading)
                .append('\n')
                .append(body.strip().isEmpty() ? "" : "\n" + body.strip() + "\n"));
        return text.toString();
    }

    @Override
    public String toString() {
        return over("").strip() + "\n";
    }
}

package dev.cloudjar.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One row of the tables: what was asked of whom, over how many connections, and what it took.
record Sample(String store, String operation, int connections, Wrk.Result result, double cpuMicros) {
    /// Each figure's median over several rounds.
    static Sample median(List<Sample> rounds) {
        Sample first = rounds.getFirst();
        var result = new Wrk.Result(
                Math.round(median(rounds, s -> s.result().throughput())),
                1,
                Math.round(median(rounds, s -> s.result().median())),
                Math.round(median(rounds, s -> s.result().p99())),
                rounds.stream().mapToLong(s -> s.result().errors()).sum());
        return new Sample(
                first.store(), first.operation(), first.connections(), result, median(rounds, Sample::cpuMicros));
    }

    private static double median(List<Sample> rounds, ToDoubleFunction<Sample> figure) {
        List<Double> sorted = rounds.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}

package dev.cloudjar.bench;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the JMH benchmarks of this module.
final class Codec {
    private Codec() {}

    /// Microseconds a call, by the name of the benchmark.
    static Map<String, Double> run() throws RunnerException {
        var options = new OptionsBuilder().include(PutItem.class.getName()).build();
        var micros = new TreeMap<String, Double>();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getParams().getBenchmark();
            micros.put(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.getPrimaryResult().getScore());
        }
        return micros;
    }
}

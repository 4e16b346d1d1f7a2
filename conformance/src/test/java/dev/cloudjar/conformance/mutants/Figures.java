package dev.cloudjar.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many mutants of a service die, as `docs/coverage/mutants.md` has it. Of a service that has a line there no
/// smaller part may die; `-Dcloudjar.rewrite=true` writes the line.
record Figures(String service, int cases, int mutants, int killed, int excused) {
    private static final Path FILE = Path.of("../docs/coverage/mutants.md");
    /// Another line of code is another choice of mutants.
    private static final double SLACK = 0.03;
    private static final String HEAD = """
            # Mutants

            Each service is given faults, one at a time, in its own code: a write that is dropped, a filter that is ignored, a
            page that is too long, somebody else's account, a condition that nobody enforces. A mutant is dead when a law
            fails. Stubs that answer everything in one way must be passed by less than 2 % of the cases. `MutantsDieTest` and
            `StubsFailTest` hold this page. What no law can see is left out, with the reason in `laws/<service>.txt`.

            | service | cases | mutants | killed | % | left out |
            |---|---:|---:|---:|---:|---:|
            """;

    private static Figures of(String line) {
        String[] cells = line.split("\\|");
        return new Figures(cells[1].strip(), number(cells[2]), number(cells[3]), number(cells[4]), number(cells[6]));
    }

    private static int number(String cell) {
        return Integer.parseInt(cell.strip());
    }

    private double part() {
        return mutants == 0 ? 1 : (double) killed / mutants;
    }

    static boolean isHeld(String service) {
        return committed().containsKey(service);
    }

    void check() {
        TreeMap<String, Figures> committed = committed();
        if (Boolean.getBoolean("cloudjar.rewrite")) {
            committed.put(service, this);
            write(committed);
        } else if (committed.containsKey(service)) {
            assertThat(part())
                    .as("the part of %s's mutants that die", service)
                    .isGreaterThanOrEqualTo(committed.get(service).part() - SLACK);
        }
    }

    private static TreeMap<String, Figures> committed() {
        try {
            List<String> lines = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
            return lines.stream()
                    .filter(line -> line.matches("\\| [a-z].*\\d.*"))
                    .map(Figures::of)
                    .collect(Collectors.toMap(Figures::service, figures -> figures, (a, b) -> b, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(TreeMap<String, Figures> all) {
        String rows = all.values().stream()
                .map(f -> "| " + f.service + " | " + f.cases + " | " + f.mutants + " | " + f.killed + " | "
                        + Math.round(100 * f.part()) + " | " + f.excused + " |\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(FILE, HEAD + rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.cloudjar.conformance.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What became of the mutants of one service when all of them were tried, as `docs/coverage/mutants/<service>.md`
/// has it: how many died, and by name those that live and those that no law reaches.
public record Figures(
        String service, int cases, int killed, Set<String> alive, Set<String> unreached, Set<String> excused) {
    private static final Path FOLDER = Path.of("../docs/coverage/mutants");
    private static final String ALIVE = "\n## Alive\n\nThe laws come by and do not see them:\n\n";
    private static final String UNREACHED = "\n## Not reached\n\nNo law comes by:\n\n";
    private static final String EXCUSED = "\n## Left out\n\nNo law can see them, for reasons in `laws/%s.txt`:\n\n";

    /// A line for each service whose mutants were tried: what its laws are worth.
    public static String table() throws IOException {
        var table = new StringBuilder(
                        "| service | cases | generated | reached | killed | % of the reached | % reached |\n")
                .append("|---|---:|---:|---:|---:|---:|---:|\n");
        try (Stream<Path> pages = Files.list(FOLDER)) {
            for (Path page : pages.sorted().toList()) {
                String service = String.valueOf(page.getFileName()).replace(".md", "");
                Figures figures = committed(service);
                table.append("| [")
                        .append(service)
                        .append("](mutants/")
                        .append(service)
                        .append(".md) | ")
                        .append(figures.cells())
                        .append(" |\n");
            }
        }
        return table.toString();
    }

    int reached() {
        return killed + alive.size();
    }

    int generated() {
        return reached() + unreached.size() + excused.size();
    }

    /// The part of those reached that die.
    double mortality() {
        return reached() == 0 ? 1 : (double) killed / reached();
    }

    /// The part of those that a law might see which one reaches.
    double reach() {
        int visible = reached() + unreached.size();
        return visible == 0 ? 1 : (double) reached() / visible;
    }

    private static Path file(String service) {
        return FOLDER.resolve(service + ".md");
    }

    static boolean isCommitted(String service) {
        return Files.exists(file(service));
    }

    static Figures committed(String service) {
        try {
            String page = Files.readString(file(service));
            String[] cells = page.lines()
                    .filter(line -> line.matches("\\| \\d.*"))
                    .findFirst()
                    .orElseThrow()
                    .split("\\|");
            return new Figures(
                    service,
                    Integer.parseInt(cells[1].strip()),
                    Integer.parseInt(cells[4].strip()),
                    names(page, ALIVE),
                    names(page, UNREACHED),
                    names(page, EXCUSED.formatted(service)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(String page, String heading) {
        int from = page.indexOf(heading);
        if (from < 0) {
            return Set.of();
        }
        int to = page.indexOf("\n## ", from + heading.length());
        var names = new TreeSet<String>();
        page.substring(from, to < 0 ? page.length() : to)
                .lines()
                .filter(line -> line.startsWith("- "))
                .forEach(line -> names.add(line.substring(2)));
        return names;
    }

    void write() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(file(service), page());
    }

    private String page() {
        var page = new StringBuilder("# Mutants of ")
                .append(service)
                .append("\n\nAll were tried, each with the laws that come by it; `MutantsDieTest` tries some of them"
                        + " again.\n\n")
                .append("| cases | generated | reached | killed | % of the reached | % reached |\n")
                .append("|---:|---:|---:|---:|---:|---:|\n| ");
        page.append(cells()).append(" |\n");
        list(page, ALIVE, alive);
        list(page, UNREACHED, unreached);
        list(page, EXCUSED.formatted(service), excused);
        return page.toString();
    }

    private String cells() {
        return IntStream.of(cases, generated(), reached(), killed, percent(mortality()), percent(reach()))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" | "));
    }

    private static void list(StringBuilder page, String heading, Set<String> names) {
        if (!names.isEmpty()) {
            page.append(heading);
            names.forEach(name -> page.append("- ").append(name).append('\n'));
        }
    }

    private static int percent(double part) {
        return (int) Math.floor(100 * part);
    }
}

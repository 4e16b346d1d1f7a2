package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/// `./cloudjar bench`: measures all parts, or those that are named, and writes them to their places in
/// `docs/performance.md`. Quick rounds are only shown.
public final class Bench {
    private static final String MANY = "--many=";
    private static final String QUICK = "--quick";
    private static final List<String> PARTS = List.of(
            "start",
            "load",
            "items",
            "local",
            "objects",
            "batcher",
            "worlds",
            "codec",
            "policy",
            "identity",
            "store",
            "nodes");
    private static final String USAGE = """
            Usage: ./cloudjar bench [--quick] [--many=ITEMS] [PART...]
              PART     %s; all of them when none is named
              --quick  short rounds, which are shown and not written to docs/performance.md
              --many   how many items a large table has: 10000000, or 100000 in quick rounds""";

    private final Java java;
    private final Path folder;
    private final boolean quick;
    private final int many;

    private Bench(Path root, Path folder, List<String> wishes) {
        this.java = new Java(root);
        this.folder = folder;
        this.quick = wishes.contains(QUICK);
        this.many = wishes.stream()
                .filter(wish -> wish.startsWith(MANY))
                .map(wish -> Integer.parseInt(wish.substring(MANY.length())))
                .findFirst()
                .orElse(quick ? 100_000 : 10_000_000);
    }

    /// The first argument is the folder of the project.
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        Path root = Path.of(arguments[0]);
        List<String> wishes = Arrays.asList(arguments).subList(1, arguments.length);
        if (!wishes.stream().allMatch(Bench::isKnown)) {
            System.err.println(USAGE.formatted(String.join(", ", PARTS)));
            System.exit(wishes.contains("--help") ? 0 : 2);
        }
        List<String> parts = wishes.stream().filter(PARTS::contains).toList();
        Path folder = Files.createTempDirectory(Files.createDirectories(root.resolve("bench/target")), "run");
        Page page = new Bench(root, folder, wishes).measure(parts);
        delete(folder);
        System.out.println(page);
        if (!wishes.contains(QUICK)) {
            Path file = root.resolve("docs/performance.md");
            Files.writeString(file, page.over(Files.readString(file)));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isKnown(String wish) {
        return PARTS.contains(wish) || wish.equals(QUICK) || wish.matches(MANY + "\\d{1,9}");
    }

    private Page measure(List<String> parts) throws IOException, InterruptedException, RunnerException {
        var page = new Page();
        if (wanted(parts, "start")) {
            var start = new StartUp(java, folder);
            page.starts(start.without(), start.withCache());
        }
        var settings = quick ? new Load.Settings(2, 1, 2) : new Load.Settings(3, 3, 8);
        if (wanted(parts, "load")) {
            requireWrk();
            page.load(new Load(settings, java, folder).run());
        }
        measureItems(parts, settings, page);
        if (wanted(parts, "objects")) {
            requireWrk();
            page.objects(new ObjectLoad(settings, java, folder).run());
        }
        if (wanted(parts, "batcher")) {
            page.batcher(new Batcher().run(java, quick ? 5 : 60));
        }
        if (wanted(parts, "worlds")) {
            page.worlds(new Worlds().run());
        }
        if (wanted(parts, "codec")) {
            page.codec(Codec.run());
        }
        measureIdentity(parts, settings, page);
        if (wanted(parts, "store")) {
            page.section("Store", new Storage(folder, quick).run());
        }
        if (wanted(parts, "nodes")) {
            requireWrk();
            page.section("Many nodes", new NodeLoad(settings, java, folder).run());
        }
        return page;
    }

    private void measureItems(List<String> parts, Load.Settings settings, Page page)
            throws IOException, InterruptedException {
        if (wanted(parts, "items")) {
            requireWrk();
            page.items(new ItemLoad(settings, java, folder, many).run());
        }
        if (wanted(parts, "local")) {
            requireWrk();
            page.section("Beside DynamoDB Local", new BesideLocal(settings, java, folder).run());
        }
    }

    private void measureIdentity(List<String> parts, Load.Settings settings, Page page)
            throws IOException, InterruptedException {
        if (wanted(parts, "policy")) {
            page.section("Policies", new Decisions(quick).run());
        }
        if (wanted(parts, "identity")) {
            requireWrk();
            page.section("Identity", new IdentityLoad(settings, java, folder).run());
        }
    }

    private static void requireWrk() throws IOException, InterruptedException {
        if (!Wrk.isInstalled()) {
            throw new IOException("The load comes from wrk: install it (apt-get install wrk, brew install wrk).");
        }
    }

    private static boolean wanted(List<String> parts, String part) {
        return parts.isEmpty() || parts.contains(part);
    }
}

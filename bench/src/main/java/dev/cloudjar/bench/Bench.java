package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/// `./cloudjar bench [--quick] [--many=ITEMS] [start] [load] [items] [objects] [batcher] [worlds] [codec]
/// [policy] [store] [nodes]`: measures all of these, or those that are named, and writes them to their places
/// in `docs/performance.md`. Quick rounds are only shown. ITEMS is how many a large table has: ten million, or
/// a hundred thousand in quick rounds.
public final class Bench {
    private static final String MANY = "--many=";

    private final Java java;
    private final Path folder;
    private final boolean quick;
    private final int many;

    private Bench(Path root, Path folder, List<String> wishes) {
        this.java = new Java(root);
        this.folder = folder;
        this.quick = wishes.contains("--quick");
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
        List<String> parts = wishes.stream().filter(w -> !w.startsWith("--")).toList();
        Path folder = Files.createTempDirectory(Files.createDirectories(root.resolve("bench/target")), "run");
        Page page = new Bench(root, folder, wishes).measure(parts);
        System.out.println(page);
        if (!wishes.contains("--quick")) {
            Path file = root.resolve("docs/performance.md");
            Files.writeString(file, page.over(Files.readString(file)));
        }
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
        if (wanted(parts, "items")) {
            requireWrk();
            page.items(new ItemLoad(settings, java, folder, many).run());
        }
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
        if (wanted(parts, "policy")) {
            page.section("Policies", new Decisions(quick).run());
        }
        if (wanted(parts, "store")) {
            page.section("Store", new Storage(folder, quick).run());
        }
        if (wanted(parts, "nodes")) {
            requireWrk();
            page.section("Many nodes", new NodeLoad(settings, java, folder).run());
        }
        return page;
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

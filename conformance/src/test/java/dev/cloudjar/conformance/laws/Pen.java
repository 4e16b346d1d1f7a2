package dev.cloudjar.conformance.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes down what calls were told and answered, without what is another thing in every run.
final class Pen {
    private static final int LONG = 160;

    private final Court court;
    private final List<String> lines = new ArrayList<>();

    Pen(Court court) {
        this.court = court;
    }

    List<String> lines() {
        return lines;
    }

    void line(String text) {
        lines.add(text.stripTrailing());
    }

    void tell(Scene scene, String start, Outcome outcome) {
        String message = steady(scene, outcome.message());
        line(start + outcome.status() + " " + outcome.code() + (message.isEmpty() ? "" : "; message=" + message));
    }

    void tell(Scene scene, String start, Map<String, String> leaves) {
        lines.add(start
                + Claims.opened(leaves).entrySet().stream()
                        .map(leaf -> leaf(scene, leaf))
                        .collect(Collectors.joining("; ")));
    }

    /// An answer in one line, its times as seen from now.
    String told(Scene scene, Outcome outcome) {
        String start = (outcome.status() + " " + outcome.code()).strip();
        Map<String, String> leaves = outcome.succeeded() ? outcome.leaves() : Map.of("message", outcome.message());
        return Claims.opened(leaves).entrySet().stream()
                .filter(leaf -> !leaf.getValue().isEmpty())
                .map(leaf -> "; " + leaf(scene, leaf))
                .collect(Collectors.joining("", start, ""))
                .stripTrailing();
    }

    private String leaf(Scene scene, Map.Entry<String, String> leaf) {
        return steady(scene, leaf.getKey()) + "=" + value(scene, leaf.getKey(), timed(leaf.getValue()));
    }

    /// Moments as seen from the clock of a world in this JVM.
    private String timed(String text) {
        return court.world()
                .map(world -> Moments.seen(text, world.time().now()))
                .orElse(text);
    }

    /// Tokens are sealed by their world.
    private String value(Scene scene, String path, String text) {
        return path.endsWith("Token") || path.endsWith("Marker") ? "{token}" : steady(scene, text);
    }

    /// Accounts, ports and names are other ones in every run.
    String steady(Scene scene, String text) {
        String nobody = Variations.elsewhere(scene.account()).orElseThrow();
        String plain = text.replace(scene.account(), "{account}")
                .replace(nobody, "{nobody}")
                .replace("6" + scene.account().substring(1), "{other}")
                .replace(scene.account().substring(6), "@")
                .replace(":" + court.port(), ":{port}")
                .replaceAll(
                        "(?<![\\w.-])1[789]\\d{8}(\\d{3})?(?![\\w-])|(?:19|2[01])\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z?|\\w{3}, [\\w ]+ [\\d:]+ GMT",
                        "{time}")
                .replaceAll("\\p{Cntrl}", "?")
                .replace("; ", ";")
                .replace("\n", "\\n");
        return plain.length() <= LONG ? plain : plain.substring(0, LONG) + "... " + plain.hashCode();
    }
}

package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.laws.Edits.Edit;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// What happens when an operation is called: its answer, what others see of it, and what comes of inputs that
/// differ in one member. Told twice, in two accounts; what is not the same both times is written as `*`.
final class Story {
    private static final int LONG = 160;

    private final Court court;
    private final Act act;
    private final List<String> lines = new ArrayList<>();

    private Story(Court court, Act act) {
        this.court = court;
        this.act = act;
    }

    static List<String> of(Court court, Act act) {
        return merged(new Story(court, act).told(), new Story(court, act).told());
    }

    /// Lines of leaves are compared leaf by leaf.
    private static List<String> merged(List<String> one, List<String> other) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            lines.add(i < one.size() && i < other.size() ? merged(one.get(i), other.get(i)) : "  *");
        }
        return lines;
    }

    private static String merged(String one, String other) {
        String[] parts = one.split("; ", -1);
        String[] others = other.split("; ", -1);
        if (parts.length != others.length) {
            return one.substring(0, Math.max(0, one.indexOf(':'))) + ": *";
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals(others[i])) {
                parts[i] = start(parts[i]) + "*";
            }
        }
        return String.join("; ", parts);
    }

    /// The name of a leaf, or all of a line up to what was told.
    private static String start(String part) {
        int end = part.indexOf('=') < 0 ? part.indexOf(':') + 1 : part.indexOf('=');
        return part.substring(0, end + 1);
    }

    private List<String> told() {
        Scene scene = court.scene();
        OperationSchema operation = act.operation();
        Struct input = scene.input(act);
        lines.add(act.name());
        tell(scene, "  is told: ", Outcome.of(Inputs.tree(input)).leaves());
        refusals(scene, input);
        scene = court.scene();
        input = scene.input(act);
        consequences(scene, operation, input);
        return lines;
    }

    /// A variant may be there to be refused.
    private void consequences(Scene scene, OperationSchema operation, Struct input) {
        List<Sight> sights = List.of();
        var answer = new AtomicReference<>(Outcome.of(Map.of()));
        try {
            sights = Sight.around(scene, operation, input, observers(), answer::set);
        } catch (Scene.Unready refused) {
            if (act.equals(Act.usual(operation))) {
                throw refused;
            }
        }
        tell(scene, "  answers: ", answer.get().leaves());
        for (Sight sight : sights) {
            if (sight.tells()) {
                tell(scene, "  " + sight.observer().name() + ": ", sight.difference());
            }
        }
        tell(scene, "  again: ", scene.call(operation, input));
    }

    private List<OperationSchema> observers() {
        return Survey.observers(court.subject(), act.operation());
    }

    /// An edit that is accepted may change anything, so the next is tried in another account.
    private void refusals(Scene first, Struct positive) {
        Scene scene = first;
        Struct input = positive;
        int count = Edits.of(act.operation(), input).size();
        for (int i = 0; i < count; i++) {
            Edit edit = Edits.of(act.operation(), input).get(i);
            Outcome outcome = scene.call(act.operation(), edit.input());
            tell(scene, "  " + edit.about() + ": ", outcome);
            if (outcome.succeeded()) {
                scene = court.scene();
                input = scene.input(act);
            }
        }
        for (Hints.Refused named : court.subject().hints().refused()) {
            if (named.operation().equals(act.name())) {
                Struct edited = scene.edited(act.operation(), input, named.json());
                tell(scene, "  " + steady(scene, named.json()) + ": ", scene.call(act.operation(), edited));
            }
        }
    }

    private void tell(Scene scene, String start, Outcome outcome) {
        String text = outcome.status() + " " + outcome.code() + " " + steady(scene, outcome.message());
        lines.add((start + text).stripTrailing());
    }

    private void tell(Scene scene, String start, Map<String, String> leaves) {
        lines.add(start
                + leaves.entrySet().stream()
                        .map(leaf -> steady(scene, leaf.getKey()) + "=" + steady(scene, leaf.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    /// Accounts, ports and names are other ones in every run.
    private String steady(Scene scene, String text) {
        String plain = text.replace(scene.account(), "{account}")
                .replace("6" + scene.account().substring(1), "{other}")
                .replace(scene.account().substring(6), "@")
                .replace(":" + court.port(), ":{port}")
                .replaceAll(
                        "\\b1[789]\\d{8}(\\d{3})?\\b|20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z|\\w{3}, [\\w ]+ [\\d:]+ GMT",
                        "{time}")
                .replaceAll("\\p{Cntrl}", "?")
                .replace("; ", ";")
                .replace("\n", "\\n");
        return plain.length() <= LONG ? plain : plain.substring(0, LONG) + "... " + plain.hashCode();
    }
}

package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.laws.Edits.Edit;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                parts[i] = parts[i].substring(0, parts[i].indexOf('=') + 1) + "*";
            }
        }
        return String.join("; ", parts);
    }

    private List<String> told() {
        Scene scene = court.scene();
        OperationSchema operation = act.operation();
        Struct input = scene.input(act);
        lines.add(act.name());
        tell(scene, "  is told: ", new Outcome(200, "", Inputs.tree(input)).leaves());
        refusals(scene, input);
        scene = court.scene();
        input = scene.input(act);
        Outcome[] answer = {new Outcome(0, "", Map.of())};
        List<Sight> sights = Sight.around(scene, operation, input, observers(), outcome -> answer[0] = outcome);
        tell(scene, "  answers: ", answer[0].leaves());
        for (Sight sight : sights) {
            if (sight.tells()) {
                tell(scene, "  " + sight.observer().name() + ": ", sight.difference());
            }
        }
        return lines;
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
            lines.add("  " + edit.about() + ": " + outcome.status() + " " + outcome.code());
            if (outcome.succeeded()) {
                scene = court.scene();
                input = scene.input(act);
            }
        }
    }

    private void tell(Scene scene, String start, Map<String, String> leaves) {
        lines.add(start
                + leaves.entrySet().stream()
                        .map(leaf -> leaf.getKey() + "=" + steady(scene, leaf.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    /// Accounts, ports and names are other ones in every run.
    private String steady(Scene scene, String text) {
        String plain = text.replace(scene.account(), "{account}")
                .replace(scene.account().substring(6), "@")
                .replace(":" + court.port(), ":{port}")
                .replace("; ", ";")
                .replace("\n", "\\n");
        return plain.length() <= LONG ? plain : plain.substring(0, LONG) + "... " + plain.hashCode();
    }
}

package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.laws.Edits.Edit;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The first chapter: what an operation answers, what is kept of it, what others see of it, and what comes of
/// inputs that differ in one member.
final class Deed implements Chapter {
    @Override
    public String title() {
        return "";
    }

    @Override
    public boolean isOf(Act act) {
        return true;
    }

    @Override
    public void tell(Court court, Act act, Pen pen) {
        Scene scene = court.scene();
        Struct input = scene.input(act);
        pen.tell(scene, "  is told: ", Outcome.of(Inputs.tree(input)).leaves());
        refusals(act, scene, input, pen);
        scene = court.scene();
        consequences(act, scene, scene.input(act), pen);
    }

    /// A variant may be there to be refused.
    private static void consequences(Act act, Scene scene, Struct input, Pen pen) {
        OperationSchema operation = act.operation();
        List<Sight> sights = List.of();
        var answer = new AtomicReference<>(Outcome.of(Map.of()));
        var kept = new AtomicReference<>("");
        Optional<Kept> before = Kept.of(scene, operation);
        try {
            sights = Sight.around(
                    scene, operation, input, Survey.observers(scene.court().subject(), operation), told -> {
                        answer.set(told);
                        before.ifPresent(was ->
                                kept.set(Kept.of(scene, operation).orElseThrow().since(was)));
                    });
        } catch (Scene.Unready refused) {
            if (act.equals(Act.usual(operation))) {
                throw refused;
            }
        }
        pen.tell(scene, "  answers: ", answer.get().leaves());
        pen.line("  keeps: " + kept.get());
        for (Sight sight : sights) {
            if (sight.tells()) {
                pen.tell(scene, "  " + sight.observer().name() + ": ", sight.difference());
            }
        }
        pen.tell(scene, "  again: ", scene.call(operation, input));
    }

    /// An edit that is accepted may change anything, so the next is tried in another account.
    private static void refusals(Act act, Scene first, Struct positive, Pen pen) {
        Scene scene = first;
        Struct input = positive;
        int count = Edits.of(act.operation(), input).size();
        for (int i = 0; i < count; i++) {
            Edit edit = Edits.of(act.operation(), input).get(i);
            Outcome outcome = scene.call(act.operation(), edit.input());
            pen.tell(scene, "  " + edit.about() + ": ", outcome);
            if (outcome.succeeded()) {
                scene = scene.court().scene();
                input = scene.input(act);
            }
        }
        for (Hints.Refused named : scene.court().subject().hints().refused()) {
            if (named.operation().equals(act.name())) {
                Struct edited = scene.edited(act.operation(), input, named.json());
                Outcome outcome = scene.call(act.operation(), edited);
                pen.tell(scene, "  " + pen.steady(scene, named.json()) + ": ", outcome);
                if (outcome.succeeded()) {
                    scene = scene.court().scene();
                    input = scene.input(act);
                }
            }
        }
    }
}

package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.conformance.laws.Variations.Variation;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A chapter of what comes of each other input that an operation may have, one place of it at a time: the
/// refusal, or the answer, what is kept, and what those show who read what it writes.
final class WithMore implements Chapter {
    private static final int READERS = 2;

    @Override
    public String title() {
        return " with more";
    }

    @Override
    public boolean isOf(Act act) {
        return act.equals(Act.usual(act.operation())) && !Words.readsOnly(act.operation());
    }

    @Override
    public void tell(Court court, Act act, Pen pen) {
        Scene scene = court.scene();
        Struct input = scene.input(act);
        int count = Variations.of(act, input).size();
        for (int i = 0; i < count; i++) {
            Variation variation = Variations.of(act, input).get(i);
            Struct varied;
            try {
                varied = variation.made().apply(new Inputs(scene, act.operation()));
            } catch (Scene.Unready | Samples.Impossible nothing) {
                continue;
            }
            if (told(scene, act.operation(), variation.about(), varied, pen).succeeded()) {
                scene = court.scene();
                input = scene.input(act);
            }
        }
    }

    private static Outcome told(Scene scene, OperationSchema operation, String about, Struct input, Pen pen) {
        Optional<Kept> before = Kept.of(scene, operation);
        Outcome outcome = scene.call(operation, input);
        if (!outcome.succeeded()) {
            pen.tell(scene, "  " + about + ": ", outcome);
            return outcome;
        }
        pen.tell(scene, "  " + about + ": ", outcome.leaves());
        scene.court().settle();
        before.ifPresent(was ->
                pen.line("    keeps: " + Kept.of(scene, operation).orElseThrow().since(was)));
        scene.learn(operation, input, outcome);
        for (OperationSchema reader : readers(scene, operation)) {
            scene.look(reader).ifPresent(seen -> show(scene, reader, about, seen, pen));
        }
        return outcome;
    }

    private static List<OperationSchema> readers(Scene scene, OperationSchema operation) {
        return Survey.observers(scene.court().subject(), operation).stream()
                .filter(Words::readsOnly)
                .filter(other -> Words.same(Words.noun(other), Words.noun(operation)))
                .limit(READERS)
                .toList();
    }

    /// Of what a reader answers, that which has to do with the place.
    private static void show(Scene scene, OperationSchema reader, String about, Outcome seen, Pen pen) {
        List<String> words = List.of(about.replace("with ", "").split(":? "));
        var leaves = new TreeMap<>(seen.leaves());
        leaves.keySet().removeIf(path -> words.stream().noneMatch(word -> word.length() > 2 && path.contains(word)));
        if (!leaves.isEmpty()) {
            pen.tell(scene, "    " + reader.name() + ": ", leaves);
        }
    }
}

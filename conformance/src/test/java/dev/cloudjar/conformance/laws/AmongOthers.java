package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.conformance.laws.Variations.Variation;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.OperationSchema.Paginator;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A chapter of what is read where there is more of everything than the one that was asked for: whole, one at a
/// time, and with each member by which it may be narrowed.
final class AmongOthers implements Chapter {
    private static final int MORE = 2;

    @Override
    public String title() {
        return " among others";
    }

    @Override
    public boolean isOf(Act act) {
        return act.equals(Act.usual(act.operation())) && Words.readsOnly(act.operation());
    }

    @Override
    public void tell(Court court, Act act, Pen pen) {
        Scene scene = court.scene();
        OperationSchema operation = act.operation();
        Struct input = scene.input(act);
        for (OperationSchema maker : makers(scene, operation)) {
            for (int i = 0; i < MORE; i++) {
                more(scene, maker);
            }
        }
        pen.tell(scene, "  all: ", scene.call(operation, input).leaves());
        pages(scene, operation, input, pen);
        for (Variation variation : Variations.of(act, input)) {
            try {
                Struct varied = variation.made().apply(new Inputs(scene, operation));
                pen.tell(
                        scene,
                        "  " + variation.about() + ": ",
                        scene.call(operation, varied).leaves());
            } catch (Scene.Unready | Samples.Impossible nothing) {
                pen.line("  " + variation.about() + ": cannot be had");
            }
        }
    }

    /// Those that have made what there is, and those that make what is read.
    private static List<OperationSchema> makers(Scene scene, OperationSchema operation) {
        return scene.court().subject().operations().stream()
                .filter(other -> Words.making(other) > 0)
                .filter(other -> scene.hasDone(other)
                        || Words.creates(other) && Words.same(Words.noun(other), Words.noun(operation)))
                .toList();
    }

    /// One more, if there may be one.
    private static void more(Scene scene, OperationSchema maker) {
        try {
            scene.call(maker, scene.input(maker));
        } catch (Scene.Unready | Samples.Impossible nothing) {
            scene.court().settle();
        }
    }

    private static void pages(Scene scene, OperationSchema operation, Struct input, Pen pen) {
        Optional<Paginator> paginator = operation.facts().paginator();
        Optional<Member> limit = paginator
                .flatMap(Paginator::limitKey)
                .flatMap(name -> operation.input().member(name))
                .filter(member -> member.target().type() == Type.INTEGER);
        if (limit.isEmpty() || paginator.orElseThrow().inputToken().size() != 1) {
            return;
        }
        Struct page = operation.input().create();
        page.copyFrom(input);
        int least =
                limit.get().target().constraints().min().map(Number::intValue).orElse(1);
        page.set(limit.get(), Math.max(1, least));
        Outcome first = scene.call(operation, page);
        pen.tell(scene, "  one: ", first.leaves());
        Member token = operation
                .input()
                .member(paginator.get().inputToken().getFirst())
                .orElseThrow();
        paginator.get().outputToken().stream()
                .flatMap(path -> Stream.ofNullable(first.leaves().get(path)))
                .findFirst()
                .ifPresent(next -> {
                    page.set(token, next);
                    pen.tell(scene, "  next: ", scene.call(operation, page).leaves());
                });
    }
}

package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.Comparator;
import java.util.List;

/// A chapter of what an operation answers once another has been called about the same things, where that is not
/// what it would have answered without it: what is in the wrong state refuses.
final class AfterOthers implements Chapter {
    private static final int MOST = 20;

    @Override
    public String title() {
        return " after others";
    }

    @Override
    public boolean isOf(Act act) {
        return act.equals(Act.usual(act.operation()));
    }

    @Override
    public void tell(Court court, Act act, Pen pen) {
        Scene plain = court.scene();
        String usual = plain.call(act.operation(), plain.input(act)).code();
        for (OperationSchema other : others(court.subject(), act.operation())) {
            Scene scene = court.scene();
            Struct input = scene.input(act);
            try {
                scene.perform(other);
            } catch (Scene.Unready | Samples.Impossible never) {
                continue;
            }
            Outcome outcome = scene.call(act.operation(), input);
            if (!outcome.code().equals(usual)) {
                pen.tell(scene, "  " + other.name() + ": ", outcome);
            }
        }
    }

    /// Who changes something that both are told of, closest first.
    private static List<OperationSchema> others(Subject subject, OperationSchema operation) {
        return subject.operations().stream()
                .filter(other -> !Words.readsOnly(other) && !other.equals(operation))
                .filter(other -> Words.related(operation, other))
                .sorted(Comparator.comparing((OperationSchema other) -> -shared(operation, other)))
                .limit(MOST)
                .toList();
    }

    private static long shared(OperationSchema one, OperationSchema other) {
        return one.input().members().stream()
                .filter(member -> member.is(Trait.REQUIRED))
                .map(Member::name)
                .filter(name -> other.input().member(name).isPresent())
                .count();
    }
}

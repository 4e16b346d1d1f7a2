package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A service answers the operations that it overrides, each in a transaction unless it says otherwise.
class BoundTest {
    private final World world = World.inMemory(Calls.settings(_ -> {}), List.of(Notes.entry(new AtomicInteger())));
    private final Bound bound = world.service(Notes.ID).orElseThrow();

    @AfterEach
    void close() {
        world.close();
    }

    private static OperationSchema operation(String name) {
        return Notes.SCHEMA.operation(name).orElseThrow();
    }

    private Struct call(String operation, String text) {
        Struct input = Notes.INPUT.create();
        input.set(0, text);
        return Calls.as(() -> bound.call(operation(operation), input));
    }

    @Test
    void anOperationRunsInOneTransaction() {
        call("Write", "one");
        assertThatThrownBy(() -> call("Write", "")).hasMessage("nothing to write");

        assertThat(Calls.as(() -> Notes.in(world).texts())).containsExactly("one");
    }

    @Test
    void anOperationThatWaitsRunsOutsideATransaction() {
        assertThat(call("Wait", "x").get(0)).isEqualTo("x");
    }

    @Test
    void anOperationThatIsNotBuiltSaysSo() {
        assertThat(bound.implementsOperation(operation("Write"))).isTrue();
        assertThat(bound.implementsOperation(operation("Fly"))).isFalse();
        assertThatThrownBy(() -> call("Fly", "x")).isInstanceOf(AwsError.class).hasMessageContaining("Fly");
    }

    @Test
    void everyOperationThatIsBoundTwiceIsNamed() {
        Service twice = () -> List.of(new Both(), new Both());

        assertThatThrownBy(() -> new Bound(twice, world.transactions()))
                .hasMessageContaining("Write")
                .hasMessageContaining("Wait");
    }

    /// Overrides both operations.
    static final class Both implements Notes.NotesApi {
        @Override
        public Struct write(Notes.Write input) {
            return input;
        }

        @Override
        public Struct wait(Notes.Write input) {
            return input;
        }
    }

    @Test
    void aServiceThatIsNotBuiltIsNobody() {
        assertThat(world.service("sqs")).isEmpty();
        assertThat(world.service(Notes.ID)).containsSame(bound);
    }
}

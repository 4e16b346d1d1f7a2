package dev.cloudjar.wire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Java reads the patterns of all of AWS's input but one, which AWS wrote between slashes.
class EveryPatternTest {
    @Test
    void allPatternsAreChecked() {
        var unread = new TreeSet<String>();
        for (ServiceSchema.Facts facts : Schemas.catalog()) {
            Set<Shape> seen = new HashSet<>();
            for (OperationSchema operation : Schemas.open(facts.id()).operations()) {
                gather(operation.input(), seen);
            }
            for (Shape shape : seen) {
                Optional<String> pattern = shape.constraints().pattern();
                if (pattern.isPresent() && Regex.of(pattern.get()).isEmpty()) {
                    unread.add(facts.id() + ' ' + shape.name());
                }
            }
        }
        assertThat(unread).containsExactlyInAnyOrderElementsOf(List.of("connect Password"));
    }

    private static void gather(Shape shape, Set<Shape> seen) {
        if (!seen.add(shape)) {
            return;
        }
        switch (shape) {
            case StructShape struct ->
                struct.members().stream().map(Member::target).forEach(s -> gather(s, seen));
            case ListShape list -> gather(list.element(), seen);
            case MapShape map -> {
                gather(map.key(), seen);
                gather(map.value(), seen);
            }
            case Shape scalar -> {}
        }
    }
}

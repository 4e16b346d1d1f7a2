package dev.cloudjar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A struct is a row of slots with the names, equality and text of its shape.
class StructTest {
    private static final String DIGEST = """
            service things
              protocols json
            structure Request
              Name String required
              Secret String sensitive
              Size Integer
              Part PartInput
              Parts PartInputs
              ByName PartInputsByName
            structure Thing
              Size Integer
              Name String required
              Secret Integer
              Part Part
              Parts Parts
              ByName PartsByName
              Arn String
            structure PartInput
              Label String
            structure Part
              Id String
              Label String
            list PartInputs PartInput
            list Parts Part
            map PartInputsByName String PartInput
            map PartsByName String Part
            string String
            integer Integer
            """;

    private final ServiceSchema service = Schemas.parse(DIGEST);

    @Test
    void aNewStructIsEmpty() {
        Struct thing = make("Thing");

        assertThat(thing.has(0)).isFalse();
        assertThat(thing.get("Name")).isNull();
        assertThat(thing.get("Nothing")).isNull();
        assertThat(thing).hasToString("Thing{}");
    }

    @Test
    void structsOfOneShapeWithEqualSlotsAreEqual() {
        assertThat(named("Request", "a")).isEqualTo(named("Request", "a")).hasSameHashCodeAs(named("Request", "a"));
        assertThat(named("Request", "a")).isNotEqualTo(named("Request", "b"));
        assertThat(named("Request", "a")).isNotEqualTo(named("Thing", "a"));
    }

    @Test
    void theTextHidesWhatIsSensitive() {
        Struct request = named("Request", "a");
        request.set(1, "swordfish");

        assertThat(request).hasToString("Request{Name=a, Secret=***}");
    }

    @Test
    void copyingTakesMembersOfOneNameAndType() {
        Struct request = named("Request", "a");
        request.set(1, "swordfish");
        request.set(2, 3);
        Struct thing = make("Thing");
        thing.set(6, "arn");

        thing.copyFrom(request);

        assertThat(thing).hasToString("Thing{Size=3, Name=a, Arn=arn}");
    }

    @Test
    void copyingTurnsStructuresIntoThoseOfTheOtherShape() {
        Struct part = make("PartInput");
        part.set(0, "x");
        Struct request = make("Request");
        request.set(3, part);
        request.set(4, List.of(part));
        request.set(5, Map.of("k", part));
        Struct thing = make("Thing");

        thing.copyFrom(request);

        Struct expected = make("Part");
        expected.set(1, "x");
        assertThat(thing.get("Part")).isEqualTo(expected);
        assertThat(thing.get("Parts")).isEqualTo(List.of(expected));
        assertThat(thing.get("ByName")).isEqualTo(Map.of("k", expected));
    }

    @Test
    void accessorsTellAbsentFromPresent() {
        var thing = new Probe(service.structure("Thing"));

        assertThat(thing.optionalAt(0)).isEmpty();
        assertThat(thing.listAt(4)).isEmpty();
        assertThat(thing.mapAt(5)).isEmpty();
        assertThatThrownBy(() -> thing.requiredAt(1)).hasMessage("Name of Thing is absent");

        thing.setAt(1, Optional.of("a"));

        assertThat(thing.<String>requiredAt(1)).isEqualTo("a");
        thing.setAt(1, Optional.empty());
        assertThat(thing.has(1)).isFalse();
    }

    private Struct named(String shape, String name) {
        Struct struct = make(shape);
        struct.set(struct.shape().member("Name").orElseThrow(), name);
        return struct;
    }

    private Struct make(String shape) {
        return service.structure(shape).create();
    }

    /// A struct as generated classes see it.
    private static final class Probe extends Struct {
        Probe(StructShape shape) {
            super(shape);
        }
    }
}

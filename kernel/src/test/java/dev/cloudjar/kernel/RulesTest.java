package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a service declares of its input is refused in its own words, each one edit away from what it takes.
class RulesTest {
    private static final AwsError.Code CODE = AwsError.Code.of("Bad", 400);
    private static final AwsError.Code OTHER = AwsError.Code.of("Other", 400);

    private static final StructShape SHAPE = new StructShape(
            "PutRequest",
            List.of(
                    member("Name", 0, Type.STRING, Set.of(Trait.REQUIRED)),
                    member("Size", 1, Type.INTEGER, Set.of()),
                    member("Tags", 2, Type.LIST, Set.of(Trait.REQUIRED))),
            StructShape.Facts.PLAIN,
            Struct::new);

    private static final Rules RULES = Rules.in(new Rules.Wording() {
                @Override
                public AwsError missing(String path) {
                    return CODE.because("no %s", path);
                }

                @Override
                public AwsError invalid(Object value, String path, String reason) {
                    return CODE.because("%s for %s: %s", value, path, reason);
                }
            })
            .accept("PutRequest.Name", Accepts.text(1, 5, "a-z_-"), "letters")
            .accept("GetRequest.Name", Accepts.oneOf("x"), "never")
            .accept("Size", Accepts.range(1, 10), size -> OTHER.because("size %s", size))
            .optional("Tags")
            .acceptEach("Tags", Accepts.length(1, 2), tag -> OTHER.because("tag %s", tag));

    private static Member member(String name, int index, Type type, Set<Trait> traits) {
        return new Member(name, index, () -> new Shape(name, type, Shape.Constraints.NONE), Member.Wire.BODY, traits);
    }

    private static Struct put(Object... values) {
        Struct struct = SHAPE.create();
        for (int i = 0; i < values.length; i++) {
            struct.set(i, values[i]);
        }
        return struct;
    }

    @Test
    void whatKeepsTheRulesIsTaken() {
        assertThatCode(() -> RULES.check(put("a_-z"))).doesNotThrowAnyException();
        assertThatCode(() -> RULES.check(put("abcde", 10, List.of("x", "yy")))).doesNotThrowAnyException();
    }

    @Test
    void eachBreachIsRefusedInItsWords() {
        assertThatThrownBy(() -> RULES.check(put())).hasMessage("no Name");
        assertThatThrownBy(() -> RULES.check(put(""))).hasMessage("no Name");
        assertThatThrownBy(() -> RULES.checkRequired(put(), "Entry.1.")).hasMessage("no Entry.1.Name");
        assertThatThrownBy(() -> RULES.check(put("abcdef"))).hasMessage("abcdef for Name: letters");
        assertThatThrownBy(() -> RULES.check(put("A"))).hasMessage("A for Name: letters");
        assertThatThrownBy(() -> RULES.check(put("a", 11))).hasMessage("size 11");
        assertThatThrownBy(() -> RULES.check(put("a", 0))).hasMessage("size 0");
        assertThatThrownBy(() -> RULES.check(put("a", 1, List.of("x", "yyy", ""))))
                .hasMessage("tag yyy");
    }

    @Test
    void settingsAreTextButCountAsWhatTheySay() {
        assertThat(Accepts.range(0, 900).takes("900")).isTrue();
        assertThat(Accepts.range(0, 900).takes("901")).isFalse();
        assertThat(Accepts.range(-5, 900).takes("-5")).isTrue();
        assertThat(Accepts.range(0, 900).takes("9a")).isFalse();
        assertThat(Accepts.range(0, 900).takes("")).isFalse();
        assertThat(Accepts.range(0, 900).takes("9".repeat(40))).isFalse();
        assertThat(Accepts.pattern("[a-z]+").takes("abc")).isTrue();
        assertThat(Accepts.pattern("[a-z]+").takes("abc1")).isFalse();
        assertThat(Accepts.oneOf("true", "false").takes("True")).isFalse();
        assertThat(Accepts.JSON_OBJECT.takes("{}")).isTrue();
        assertThat(Accepts.JSON_OBJECT.takes("[]")).isFalse();
    }
}

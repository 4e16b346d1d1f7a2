package dev.cloudjar.model.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A digest that is written reads back the same, whatever AWS puts into its names and patterns.
class DigestTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "\"",
                "\\",
                "a\"b\\c",
                "a=b",
                "=",
                "line\nend",
                "\ttab",
                "é ü",
                "-",
                "#",
                "\u2028"
            })
    void anyTextSurvivesAsWordAndAsFact(String text) {
        Entry value = Entry.of(text);
        Entry shape = Entry.of("string", "Name").with("pattern", text).under(value);

        Entry read = reread(shape);

        assertThat(read.fact("pattern")).contains(text);
        assertThat(read.entries()).extracting(Entry::words).containsExactly(List.of(text));
    }

    @Test
    void flagsAreToldFromWordsByTheirPlace() {
        Entry list = Entry.of("list", "sensitive", "flattened").flag("sensitive", true);
        list.flag("flattened", false);

        Entry read = reread(list);

        assertThat(read.words()).containsExactly("list", "sensitive", "flattened");
        assertThat(read.flags()).containsExactly("sensitive");
    }

    @Test
    void aMemberMayBeCalledAsALineIs() {
        Entry structure =
                Entry.of("structure", "S").under(Entry.of("list", "Strings").flag("required", true));

        Entry member = reread(structure).entries().getFirst();

        assertThat(member.words()).containsExactly("list", "Strings");
        assertThat(member.is("required")).isTrue();
    }

    @Test
    void whatIsReadIsWrittenTheSame() {
        String text = """
                service things
                  protocols json query

                operation Put PUT /things/{id} idempotent status=201
                  input PutInput
                  errors Gone Broken

                string Name min=1 pattern="[a b]+"
                  "two words"
                """;

        assertThat(DigestText.write(DigestText.read(text))).isEqualTo(text);
    }

    private static Entry reread(Entry shape) {
        Digest digest = new Digest(List.of(Entry.of("service", "things"), shape));
        return DigestText.read(DigestText.write(digest)).entries().get(1);
    }
}

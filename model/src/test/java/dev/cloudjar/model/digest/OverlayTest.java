package dev.cloudjar.model.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The overlay changes what it names, and nothing that is not there.
class OverlayTest {
    private final Digest digest = DigestText.read("""
            service things
              protocols json
            operation Put PUT /
            structure Thing locationName=thing
              Name String required
            string String
            """);

    @Test
    void aLineOfTheServiceIsReplaced() {
        mend("things service protocols json query # once spoke query");

        assertThat(digest.service().wordsOf("protocols")).containsExactly("json", "query");
    }

    @Test
    void aShapeGetsAndLosesFacts() {
        mend("things shape Thing -locationName document # free form");

        Entry shape = digest.shape("Thing").orElseThrow();
        assertThat(shape.facts()).isEmpty();
        assertThat(shape.is("document")).isTrue();
    }

    @Test
    void aMemberGetsAnotherShape() {
        mend("things member Thing.Name -required target=Names # never sent");

        Entry member = digest.shape("Thing").orElseThrow().entries().getFirst();
        assertThat(member.words()).containsExactly("Name", "Names");
        assertThat(member.flags()).isEmpty();
    }

    @Test
    void aShapeGetsAMember() {
        mend("things new Thing.Size String location=header locationName=x-size # sent by all clients");

        Entry member = digest.shape("Thing").orElseThrow().entries().getLast();
        assertThat(member.words()).containsExactly("Size", "String");
        assertThat(member.facts()).containsEntry("location", "header").containsEntry("locationName", "x-size");
    }

    @Test
    void anOperationGetsAFlag() {
        mend("things operation Put idempotent # puts are");

        assertThat(digest.operation("Put").orElseThrow().is("idempotent")).isTrue();
    }

    @Test
    void mendsOfOtherServicesAndCommentsAreLeftAlone() {
        mend("# things shape Nothing x=y # a comment\nthingsx shape Nothing x=y # another service");

        assertThat(DigestText.write(digest)).doesNotContain("x=y");
    }

    @Test
    void aMendOfWhatIsNotThereFails() {
        for (String target : List.of("shape Nothing", "operation Nothing", "member Thing.Nothing", "member No.Thing")) {
            assertThatThrownBy(() -> mend("things " + target + " a=b # why"))
                    .hasMessageContaining("not there")
                    .hasMessageContaining(target);
        }
    }

    @Test
    void aMendWithoutReasonFails() {
        assertThatThrownBy(() -> mend("things shape Thing a=b")).hasMessageContaining("reason");
    }

    private void mend(String overlay) {
        Overlay.read(overlay).applyTo(digest);
    }
}

package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Survey.Listing;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A list that is asked for by a prefix, or by the value of a member that its elements have, contains those and
/// no others.
final class FiltersSelect implements Law {
    @Override
    public String title() {
        return "filters select";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(Words::readsOnly)
                .flatMap(observer -> survey.growing(observer).stream()
                        .filter(listing -> listing.isOfItsNoun() && Words.creates(listing.writer()))
                        .limit(1))
                .flatMap(listing -> listing.observer().input().members().stream()
                        .filter(FiltersSelect::isPrefix)
                        .map(member -> new Case(
                                title(), listing.observer(), member.name(), court -> check(court, listing, member))));
    }

    private static boolean isPrefix(Member member) {
        return !member.is(Trait.REQUIRED)
                && member.target().type() == Type.STRING
                && member.name().matches("(.*Name)?Prefix");
    }

    private static void check(Court court, Listing listing, Member prefix) {
        Scene scene = court.scene();
        for (int i = 0; i < 3; i++) {
            ListsShowOnce.again(scene, listing.writer());
        }
        List<Object> all = listing.look(scene);
        String first = name(all, scene).orElseThrow(() -> new Scene.Unready("no element has a name of ours"));
        List<Object> selected = filtered(scene, listing, prefix, first);

        assertThat(selected).as("those with the prefix %s", first).hasSize(1);
        assertThat(filtered(scene, listing, prefix, first + "not")).isEmpty();
        assertThat(filtered(scene, listing, prefix, first.substring(0, 3))).hasSameSizeAs(all);
    }

    private static Optional<String> name(List<Object> all, Scene scene) {
        Map<String, Boolean> names = new HashMap<>();
        String end = scene.account().substring(6);
        return all.stream()
                .flatMap(element -> Outcome.texts(element).stream())
                .flatMap(text -> Stream.of(text.split("[/:]")))
                .filter(text -> text.startsWith("law") && text.endsWith(end) && names.put(text, true) == null)
                .findFirst();
    }

    private static List<Object> filtered(Scene scene, Listing listing, Member prefix, String value) {
        Struct input = scene.input(listing.observer());
        input.set(prefix, value);
        return scene.call(listing.observer(), input).list(listing.path());
    }
}

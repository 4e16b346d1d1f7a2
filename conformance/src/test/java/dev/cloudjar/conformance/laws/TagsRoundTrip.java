package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tags that are put on are shown, another value replaces the first, and what is taken off is gone.
final class TagsRoundTrip implements Law {
    @Override
    public String title() {
        return "tags round-trip";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> operation.name().matches("(Tag|AddTags|CreateTags).*")
                        && tags(operation).isPresent())
                .flatMap(operation -> survey.sights(operation).stream()
                        .map(Sight::observer)
                        .filter(observer -> observer.name().contains("Tag"))
                        .map(observer -> new Case(
                                title(), operation, observer.name(), court -> check(court, operation, observer))));
    }

    private static Optional<Member> tags(OperationSchema operation) {
        return operation.input().members().stream()
                .filter(member -> member.name().equalsIgnoreCase("tags"))
                .findFirst();
    }

    private static void check(Court court, OperationSchema operation, OperationSchema observer) {
        Scene scene = court.scene();
        put(scene, operation, Map.of("law", "first", "other", "stays"));
        put(scene, operation, Map.of("law", "second"));
        assertThat(shown(scene, observer)).containsEntry("law", "second").containsEntry("other", "stays");

        Optional<OperationSchema> untag = scene.court().subject().operations().stream()
                .filter(other -> other.name()
                        .equals(operation
                                .name()
                                .replaceFirst("^Tag", "Untag")
                                .replaceFirst("^(Add|Create)Tags", "$1Not")))
                .findFirst();
        untag.ifPresent(remover -> {
            Struct input = scene.input(remover);
            Member keys = input.shape().members().stream()
                    .filter(member -> member.name().matches("(?i)tagKeys|keys|tagKeyList"))
                    .findFirst()
                    .orElseThrow(() -> new Scene.Unready(remover + " has no keys"));
            input.set(keys, List.of("law"));
            scene.performed(remover, input);
            assertThat(shown(scene, observer)).doesNotContainKey("law").containsEntry("other", "stays");
        });
    }

    private static void put(Scene scene, OperationSchema operation, Map<String, String> tags) {
        Struct input = scene.input(operation);
        Member member = tags(operation).orElseThrow();
        input.set(member, value(member.target(), tags));
        scene.performed(operation, input);
    }

    private static Object value(Shape shape, Map<String, String> tags) {
        if (shape instanceof MapShape) {
            return new LinkedHashMap<>(tags);
        }
        var list = new ArrayList<Struct>();
        if (shape instanceof ListShape of && of.element() instanceof StructShape pair) {
            tags.forEach((key, value) -> {
                Struct tag = pair.create();
                tag.set(
                        pair.members().stream()
                                .filter(m -> m.name().matches("(?i)(tag)?key"))
                                .findFirst()
                                .orElseThrow(),
                        key);
                tag.set(
                        pair.members().stream()
                                .filter(m -> m.name().matches("(?i)(tag)?value"))
                                .findFirst()
                                .orElseThrow(),
                        value);
                list.add(tag);
            });
        }
        return list;
    }

    /// Whatever the observer calls them: a map, or a list of pairs.
    private static Map<String, String> shown(Scene scene, OperationSchema observer) {
        var tags = new LinkedHashMap<String, String>();
        Map<String, String> leaves = scene.look(observer).map(Outcome::leaves).orElse(Map.of());
        leaves.forEach((path, value) -> {
            if (path.matches("(?i).*\\](\\.tag)?\\.?key")) {
                String stem = path.replaceAll("(?i)key$", "");
                tags.put(value, leaves.getOrDefault(stem + "Value", leaves.getOrDefault(stem + "value", "")));
            } else {
                tags.put(path.substring(path.lastIndexOf('.') + 1), value);
            }
        });
        return tags;
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.Tag;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// Which objects of a bucket a configuration means: those whose keys begin so and that have all of these tags.
record ObjectFilter(String prefix, List<Tag> tags) {
    private static final List<String> CHOICES = List.of("Prefix", "Tag", "And", "AccessPointArn");
    private static final int LEAST_OF_AND = 2;

    /// What a `Filter` element says; without one all objects are meant.
    static ObjectFilter of(Optional<? extends Struct> filter) {
        if (filter.isEmpty()) {
            return new ObjectFilter("", List.of());
        }
        var in = new Asked(filter.get());
        Optional<Struct> and = in.struct("And");
        var within = and.map(Asked::new).orElse(in);
        List<Tag> tags = and.isPresent()
                ? within.<Tag>structs("Tags")
                : in.struct("Tag").map(Tag.class::cast).map(List::of).orElse(List.of());
        return new ObjectFilter(within.text("Prefix").orElse(""), tags);
    }

    /// Refuses a filter that says nothing, or two things without an `And`, or an `And` of one.
    static void check(Optional<? extends Struct> filter) {
        if (filter.isEmpty()) {
            return;
        }
        var in = new Asked(filter.get());
        Optional<Asked> and = in.struct("And").map(Asked::new);
        boolean one = CHOICES.stream().filter(in::has).count() == 1;
        long joined = and.map(a -> CHOICES.stream().filter(a::has).count()
                        + a.structs("Tags").size())
                .orElse((long) LEAST_OF_AND);
        if (!one || joined < LEAST_OF_AND) {
            throw Refusals.malformedXml();
        }
        Tags.checked(of(filter).tags(), Tags.MOST_OF_OBJECT);
    }

    boolean takes(Version version) {
        return version.key().name().startsWith(prefix)
                && tags.stream()
                        .allMatch(
                                tag -> tag.value().equals(version.facts().tags().get(tag.key())));
    }
}

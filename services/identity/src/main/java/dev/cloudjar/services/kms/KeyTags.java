package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// The tags of keys.
final class KeyTags implements Kms {
    private static final int MOST_LISTED = 50;

    private final Kernel kernel;
    private final KeyRing ring;

    KeyTags(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
    }

    static void checkDistinct(List<Tag> tags) {
        if (tags.stream().map(Tag::tagKey).distinct().count() < tags.size()) {
            throw TAG_EXCEPTION.because("Duplicate tag keys");
        }
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in) {
        Key key = ring.alive(in.keyId());
        checkDistinct(in.tags());
        ring.shelf().tag(key.id(), Tags.of(in.tags()));
        return new TagResourceResponse();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in) {
        Key key = ring.alive(in.keyId());
        ring.shelf().untag(key.id(), new HashSet<>(in.tagKeys()));
        return new UntagResourceResponse();
    }

    @Override
    public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest in) {
        Key key = ring.get(in.keyId());
        List<Tag> tags = Tags.as(new TreeMap<>(ring.shelf().tags(key.id())), Tag::new);
        Page<Tag> page = kernel.tokens()
                .page(
                        KeyLife.paging(in.limit(), MOST_LISTED, in.marker()),
                        key.id(),
                        start -> tags.stream()
                                .dropWhile(tag -> start.filter(at -> !at.equals(tag.tagKey()))
                                        .isPresent()),
                        Tag::tagKey);
        return new ListResourceTagsResponse()
                .tags(page.items())
                .truncated(page.next().isPresent())
                .nextMarker(page.next());
    }
}

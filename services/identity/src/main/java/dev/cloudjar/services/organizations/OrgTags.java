package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The tags of roots, units, accounts, policies and the delegation.
final class OrgTags implements Organizations {
    private static final int MOST = 50;

    private final Tree tree;

    OrgTags(Tree tree) {
        this.tree = tree;
    }

    /// Adds tags to what has the id `id`.
    static void put(Tree tree, String id, Map<String, String> more) {
        var all = new TreeMap<>(tree.tags(id));
        all.putAll(more);
        more.keySet().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).startsWith("aws:"))
                .findFirst()
                .ifPresent(_ -> {
                    throw Tree.refused(
                            INVALID_INPUT_EXCEPTION,
                            InvalidInputExceptionReason.INVALID_SYSTEM_TAGS_PARAMETER,
                            "You specified a tag key that is a system tag. You can't add, edit, or delete system tag"
                                    + " keys because they're reserved for AWS use.");
                });
        if (all.size() > MOST) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.MAX_TAG_LIMIT_EXCEEDED,
                    "You have exceeded the number of tags allowed on this resource.");
        }
        if (!all.isEmpty()) {
            tree.tagged.put(new Tree.Tagged(id, all));
        }
    }

    private void check(Realm organization, String id) {
        boolean there = tree.isParent(organization, id)
                || tree.members
                        .find(id)
                        .filter(m -> m.organization().equals(organization.key()))
                        .isPresent()
                || tree.laws
                        .find(id)
                        .filter(l -> l.organization().equals(organization.key()))
                        .isPresent()
                || organization
                        .delegation()
                        .filter(delegation -> delegation.id().equals(id))
                        .isPresent();
        if (!there) {
            throw TARGET_NOT_FOUND_EXCEPTION.because("You specified a target that doesn't exist.");
        }
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in) {
        check(tree.managed(), in.resourceId());
        put(tree, in.resourceId(), Tags.of(in.tags()));
        return new TagResourceResponse();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in) {
        check(tree.managed(), in.resourceId());
        var rest = new TreeMap<>(tree.tags(in.resourceId()));
        in.tagKeys().forEach(rest::remove);
        tree.tagged.put(new Tree.Tagged(in.resourceId(), rest));
        return new UntagResourceResponse();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest in) {
        check(tree.seen(), in.resourceId());
        List<Tag> all = Tags.as(tree.tags(in.resourceId()), Tag::new);
        Page<Tag> page = tree.page(in, all, Tag::key);
        return new ListTagsForResourceResponse().tags(page.items()).nextToken(page.next());
    }
}

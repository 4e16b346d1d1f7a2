package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Tags;
import java.util.List;
import java.util.Set;

/// Tags, put on and taken off by the management account.
final class OrgTags implements Organizations {
    private final Tree tree;
    private final Marks marks;

    OrgTags(Tree tree, Marks marks) {
        this.tree = tree;
        this.marks = marks;
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in) {
        marks.tag(tree.managed(), in.resourceId(), Tags.of(in.tags()));
        return new TagResourceResponse();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in) {
        marks.untag(tree.managed(), in.resourceId(), Set.copyOf(in.tagKeys()));
        return new UntagResourceResponse();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest in) {
        List<Tag> all = Tags.as(marks.of(tree.seen(), in.resourceId()), Tag::new);
        Page<Tag> page = tree.page(in, all, Tag::key);
        return new ListTagsForResourceResponse().tags(page.items()).nextToken(page.next());
    }
}

package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags of tables.
final class Tags implements DynamoDb {
    private static final int MOST = 50;

    private final Tables tables;

    Tags(Tables tables) {
        this.tables = tables;
    }

    static Map<String, String> read(List<Tag> sent) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tag tag : sent) {
            if (tag.key().startsWith("aws:")) {
                throw Refusals.invalid("One or more parameter values are not valid. Tag keys can't start with aws:");
            }
            if (tags.put(tag.key(), tag.value()) != null) {
                throw Refusals.invalid("Duplicate tag key: %s", tag.key());
            }
        }
        checkCount(tags);
        return tags;
    }

    private static void checkCount(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw Refusals.invalid("Too many tags: the maximum number of tags is %d", MOST);
        }
    }

    @Override
    public ListTagsOfResourceOutput listTagsOfResource(ListTagsOfResourceInput in) {
        Map<String, String> tags = tables.shelf().tags(name(in.resourceArn()));
        return new ListTagsOfResourceOutput()
                .tags(tags.entrySet().stream()
                        .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                        .toList());
    }

    @Override
    public TagResourceResponse tagResource(TagResourceInput in) {
        String name = name(in.resourceArn());
        Map<String, String> more = read(in.tags());
        Map<String, String> all = new LinkedHashMap<>(tables.shelf().tags(name));
        all.putAll(more);
        checkCount(all);
        tables.shelf().tag(name, more);
        return new TagResourceResponse();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceInput in) {
        tables.shelf().untag(name(in.resourceArn()), new HashSet<>(in.tagKeys()));
        return new UntagResourceResponse();
    }

    private String name(String arn) {
        String name = Arn.parse(arn)
                .filter(each -> each.resource().startsWith("table/"))
                .map(each -> each.resource().substring("table/".length()))
                .orElseThrow(() -> Refusals.invalid("Invalid TableArn: Invalid ResourceArn provided as input %s", arn));
        if (tables.shelf().find(name).isEmpty()) {
            throw RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: ResourcArn: %s not found", arn);
        }
        return name;
    }
}

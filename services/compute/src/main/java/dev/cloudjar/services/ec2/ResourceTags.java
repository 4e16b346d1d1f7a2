package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.TagRules;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tags of EC2's resources of all types, by their ids.
record ResourceTags(Kernel kernel, List<Shelf<?>> shelves, DefaultVpc defaults) implements Part {
    static final TagRules RULES = new TagRules(50, Accepts.ANYTHING, new Wording());

    private static final Code INVALID_ID = Code.of("InvalidID", 400);

    /// What EC2 says of tags that it does not take.
    private static final class Wording implements TagRules.Wording {
        private static final Code LIMIT = Code.of("TagLimitExceeded", 400);

        @Override
        public AwsError tooMany(String id, int most) {
            return LIMIT.because("The maximum number of Tags for a resource has been reached.");
        }

        @Override
        public AwsError key(String key) {
            return Refusals.INVALID_VALUE.because(
                    key.isEmpty()
                            ? "Tag key cannot be null or empty."
                            : "Tag key exceeds the maximum length of 128 characters");
        }

        @Override
        public AwsError value(String key, String value) {
            return Refusals.INVALID_VALUE.because("Tag value exceeds the maximum length of 256 characters");
        }

        @Override
        public AwsError reserved(String key) {
            return Refusals.INVALID_VALUE.because("Tag keys starting with 'aws:' are reserved for internal use");
        }
    }

    @Override
    public CreateTagsResponse createTags(CreateTagsRequest in) {
        Map<String, String> tags = Tags.of(in.tags());
        if (tags.size() < in.tags().size()) {
            throw Refusals.INVALID_VALUE.because("Duplicate tag keys were specified.");
        }
        in.resources().forEach(id -> shelf(id).tag(id, tags));
        return new CreateTagsResponse();
    }

    /// Without tags, all of a resource's are meant; with a value, only a tag that has it.
    @Override
    public DeleteTagsResponse deleteTags(DeleteTagsRequest in) {
        for (String id : in.resources()) {
            Shelf<?> shelf = shelf(id);
            Map<String, String> tags = shelf.tags(id);
            Set<String> gone = in.tags().isEmpty() ? tags.keySet() : new HashSet<>();
            in.tags().stream()
                    .filter(tag -> tag.value().isEmpty() || tag.value().equals(tagged(tags, tag)))
                    .forEach(tag -> gone.add(tag.key().orElse("")));
            shelf.untag(id, gone);
        }
        return new DeleteTagsResponse();
    }

    private static Optional<String> tagged(Map<String, String> tags, Tag tag) {
        return tag.key().map(tags::get);
    }

    /// Where the resource stands, which is there.
    private Shelf<?> shelf(String id) {
        Shelf<?> found = shelves.stream()
                .filter(shelf -> id.startsWith(shelf.kind().traits().prefix()))
                .findFirst()
                .orElseThrow(() -> INVALID_ID.because("The ID '%s' is not valid", id));
        found.get(id);
        return found;
    }

    @Override
    public DescribeTagsResult describeTags(DescribeTagsRequest in) {
        Page<TagDescription> page = kernel.tokens()
                .page(
                        Listing.paging(in.maxResults(), in),
                        "tags",
                        start -> all().filter(
                                        tag -> start.isEmpty() || place(tag).compareTo(start.get()) >= 0)
                                .filter(tag -> Listing.matches(in, name -> values(tag, name))),
                        ResourceTags::place);
        return new DescribeTagsResult().tags(page.items()).nextToken(page.next());
    }

    private Stream<TagDescription> all() {
        return kernel.tagging().all().stream()
                .filter(tagged -> tagged.service().equals(Ec2Service.ID))
                .flatMap(tagged -> tagged.tags().entrySet().stream()
                        .map(tag -> new TagDescription()
                                .resourceId(tagged.arn().name())
                                .resourceType(tagged.type())
                                .key(tag.getKey())
                                .value(tag.getValue())))
                .sorted((one, other) -> place(one).compareTo(place(other)));
    }

    private static String place(TagDescription tag) {
        return text(tag.resourceId()) + '\0' + text(tag.key());
    }

    private static String text(Optional<String> text) {
        return text.orElse("");
    }

    private static Optional<List<String>> values(TagDescription tag, String filter) {
        Optional<String> value = switch (filter) {
            case "key" -> tag.key();
            case "value" -> tag.value();
            case "resource-id" -> tag.resourceId();
            case "resource-type" -> tag.resourceType();
            default -> tag.value().filter(_ -> filter.equals("tag:" + text(tag.key())));
        };
        boolean known = value.isPresent() || filter.startsWith("tag:");
        return known ? Optional.of(value.stream().toList()) : Optional.empty();
    }
}

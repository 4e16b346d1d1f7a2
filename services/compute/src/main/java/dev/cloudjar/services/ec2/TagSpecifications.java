package dev.cloudjar.services.ec2;

import dev.cloudjar.api.Ec2.TagSpecification;
import dev.cloudjar.kernel.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags for what a request makes, by the type of it.
final class TagSpecifications {
    private TagSpecifications() {}

    /// The tags for resources of `type`, the only one that the request makes.
    static Map<String, String> of(List<TagSpecification> specifications, String type) {
        var tags = new LinkedHashMap<String, String>();
        for (TagSpecification specification : specifications) {
            String asked = specification.resourceType().orElse("");
            if (asked.isEmpty()) {
                throw Refusals.INVALID_VALUE.because("Tag specification resource type must have a value");
            }
            if (!asked.equals(type)) {
                throw Refusals.INVALID_VALUE.because(
                        "'%s' is not a valid taggable resource type for this operation.", asked);
            }
            Map<String, String> more = Tags.of(specification.tags());
            if (more.size() < specification.tags().size()) {
                throw Refusals.INVALID_VALUE.because("Duplicate tag keys were specified.");
            }
            tags.putAll(more);
        }
        return tags;
    }
}

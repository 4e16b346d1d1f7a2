package dev.cloudjar.services.ec2;

import static dev.cloudjar.services.ec2.Ec2UnderTest.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.api.Ec2.CreateTagsRequest;
import dev.cloudjar.api.Ec2.DeleteTagsRequest;
import dev.cloudjar.api.Ec2.DescribeTagsRequest;
import dev.cloudjar.api.Ec2.Tag;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Tags of resources of all types.
class TagTest {
    @AutoClose
    private final Ec2UnderTest ec2 = Ec2UnderTest.fresh();

    private final String vpc = ec2.vpc("10.0.0.0/16");
    private final String group = ec2.group(vpc, "web");

    private static Tag tag(String key, String value) {
        return new Tag().key(key).value(value);
    }

    private CreateTagsRequest create(String id, Tag... tags) {
        return new CreateTagsRequest().resources(List.of(id)).tags(List.of(tags));
    }

    private List<String> told(Ec2.Filter... filters) {
        return ec2.<Ec2.DescribeTagsResult>call(new DescribeTagsRequest().filters(List.of(filters))).tags().stream()
                .map(t -> t.resourceType().orElseThrow()
                        + ' '
                        + t.key().orElseThrow()
                        + '='
                        + t.value().orElseThrow())
                .toList();
    }

    @Test
    void tagsAreToldFilteredAndTakenAway() {
        ec2.call(new CreateTagsRequest()
                .resources(List.of(vpc, group))
                .tags(List.of(tag("team", "a"), tag("stage", ""))));
        ec2.call(create(vpc, tag("team", "b")));

        assertThat(told(filter("resource-type", "vpc"))).containsExactly("vpc stage=", "vpc team=b");
        assertThat(told(filter("tag:team", "a"))).containsExactly("security-group team=a");
        assertThat(told(filter("resource-id", vpc), filter("key", "s*"))).containsExactly("vpc stage=");
        ec2.call(new DeleteTagsRequest()
                .resources(List.of(vpc))
                .tags(List.of(tag("team", "other"), new Tag().key("stage"))));
        assertThat(told(filter("resource-type", "vpc"))).containsExactly("vpc team=b");
        ec2.call(new DeleteTagsRequest().resources(List.of(vpc)));
        assertThat(told(filter("resource-type", "vpc"))).isEmpty();
    }

    @Test
    void whatAwsRefusesIsRefused() {
        ec2.call(create(
                vpc, IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new)));
        assertThat(ec2.refusal(create(vpc, tag("one", "more")))).startsWith("TagLimitExceeded: ");
        assertThat(ec2.refusal(create(group, tag("AWS:x", "y"))))
                .isEqualTo("InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use");
        assertThat(ec2.refusal(create(group, tag("k", "v".repeat(257)))))
                .isEqualTo("InvalidParameterValue: Tag value exceeds the maximum length of 256 characters");
        assertThat(ec2.refusal(create("vpc-1", tag("k", "v"))))
                .isEqualTo("InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist");
        assertThat(ec2.refusal(create("foo-1", tag("k", "v")))).isEqualTo("InvalidID: The ID 'foo-1' is not valid");
        assertThat(ec2.refusal(new DescribeTagsRequest().filters(List.of(filter("colour", "x")))))
                .isEqualTo("InvalidParameterValue: The filter 'colour' is invalid");
    }
}

package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Iam.Tag;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.services.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Case does not tell the tags of users and roles apart; those of everything else in IAM it does.
class TagsTest {
    private static final String TWICE =
            "InvalidInput Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    private static final List<Tag> BOTH =
            List.of(new Tag().key("Team").value("red"), new Tag().key("team").value("blue"));

    private final Trial trial = Trial.of(new Entry("iam", IamService::new));

    @AfterEach
    void close() {
        trial.close();
    }

    private Map<String, String> tags() {
        Iam.ListUserTagsResponse listed = trial.call(new Iam.ListUserTagsRequest().userName("ann"));
        return listed.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private void tag(List<Tag> tags) {
        trial.call(new Iam.TagUserRequest().userName("ann").tags(tags));
    }

    @Test
    void aTagOfAUserTakesThePlaceOfTheOneOfAnotherCase() {
        trial.call(new Iam.CreateUserRequest().userName("ann").tags(BOTH.subList(0, 1)));

        tag(BOTH.subList(1, 2));
        assertThat(tags()).containsExactly(Map.entry("team", "blue"));
        assertThat(Trial.refusal(() -> tag(BOTH))).isEqualTo(TWICE);

        trial.call(new Iam.UntagUserRequest().userName("ann").tagKeys(List.of("TEAM")));
        assertThat(tags()).isEmpty();
    }

    @Test
    void aUserIsNotMadeWithBoth() {
        assertThat(Trial.refusal(() ->
                        trial.call(new Iam.CreateUserRequest().userName("ann").tags(BOTH))))
                .isEqualTo(TWICE);
    }

    @Test
    void aProfileHasBoth() {
        Iam.CreateInstanceProfileResponse made = trial.call(new Iam.CreateInstanceProfileRequest()
                .instanceProfileName("machine")
                .tags(BOTH));

        assertThat(made.instanceProfile().tags()).hasSize(2);
        assertThat(Trial.refusal(() -> trial.call(new Iam.TagInstanceProfileRequest()
                        .instanceProfileName("machine")
                        .tags(List.of(BOTH.getFirst(), BOTH.getFirst())))))
                .isEqualTo(TWICE);
    }
}

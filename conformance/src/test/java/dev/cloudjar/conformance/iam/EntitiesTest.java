package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.iam.People.Refused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/// Users, groups, roles and policies: what was written is read back, and conflicts are refused in AWS's words.
@OnCloud
class EntitiesTest {
    private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    private final IamClient iam;
    private final People people;

    EntitiesTest(TestCloud cloud, IamClient iam) {
        this.iam = iam;
        this.people = new People(cloud, iam);
    }

    @Test
    void aUserIsReadBackAndDeletedOnceItHasNothing() {
        User made = iam.createUser(u -> u.userName("uma")
                        .path("/people/")
                        .tags(Tag.builder().key("team").value("blue").build()))
                .user();
        assertThat(made.arn()).isEqualTo(people.arn("user/people/uma"));
        assertThat(made.userId()).startsWith("AIDA").hasSize(21);
        assertThat(iam.getUser(u -> u.userName("uma")).user()).isEqualTo(made);
        assertThat(iam.listUsers(l -> l.pathPrefix("/people/")).users())
                .extracting(User::userName)
                .contains("uma");
        assertThat(People.refusal(() -> iam.createUser(u -> u.userName("UMA"))))
                .isEqualTo(new Refused("EntityAlreadyExists", "User with name UMA already exists."));

        iam.createGroup(g -> g.groupName("umas"));
        iam.addUserToGroup(g -> g.groupName("umas").userName("uma"));
        iam.attachUserPolicy(a -> a.userName("uma").policyArn(READ_ONLY));
        iam.createAccessKey(k -> k.userName("uma"));
        assertThat(conflict()).isEqualTo("Cannot delete entity, must remove users from group first.");
        iam.removeUserFromGroup(g -> g.groupName("umas").userName("uma"));
        assertThat(conflict()).isEqualTo("Cannot delete entity, must detach all policies first.");
        iam.detachUserPolicy(a -> a.userName("uma").policyArn(READ_ONLY));
        assertThat(conflict()).isEqualTo("Cannot delete entity, must delete access keys first.");
        iam.listAccessKeys(k -> k.userName("uma"))
                .accessKeyMetadata()
                .forEach(key -> iam.deleteAccessKey(k -> k.userName("uma").accessKeyId(key.accessKeyId())));
        iam.deleteUser(u -> u.userName("uma"));
        assertThat(People.refusal(() -> iam.getUser(u -> u.userName("uma"))))
                .isEqualTo(new Refused("NoSuchEntity", "The user with name uma cannot be found."));
    }

    private String conflict() {
        Refused refused = People.refusal(() -> iam.deleteUser(u -> u.userName("uma")));
        assertThat(refused.code()).isEqualTo("DeleteConflict");
        return refused.message();
    }

    @Test
    void aPolicyHasFiveVersionsAndADefault() {
        String arn = iam.createPolicy(p -> p.policyName("versions").policyDocument(People.policy("Allow", "s3:*", "*")))
                .policy()
                .arn();
        for (int i = 2; i <= 5; i++) {
            iam.createPolicyVersion(v -> v.policyArn(arn)
                    .policyDocument(People.policy("Allow", "sqs:*", "*"))
                    .setAsDefault(true));
        }
        assertThat(iam.getPolicy(p -> p.policyArn(arn)).policy().defaultVersionId())
                .isEqualTo("v5");
        assertThat(iam.getPolicyVersion(v -> v.policyArn(arn).versionId("v1"))
                        .policyVersion()
                        .document())
                .startsWith("%7B%22Version%22");
        assertThat(People.refusal(() -> iam.createPolicyVersion(
                                v -> v.policyArn(arn).policyDocument(People.policy("Allow", "*", "*"))))
                        .code())
                .isEqualTo("LimitExceeded");
        assertThat(People.refusal(
                        () -> iam.deletePolicyVersion(v -> v.policyArn(arn).versionId("v5"))))
                .isEqualTo(new Refused("DeleteConflict", "Cannot delete the default version of a policy."));
        assertThat(People.refusal(() -> iam.deletePolicy(p -> p.policyArn(arn))).code())
                .isEqualTo("DeleteConflict");
        for (int i = 1; i <= 4; i++) {
            String version = "v" + i;
            iam.deletePolicyVersion(v -> v.policyArn(arn).versionId(version));
        }
        iam.deletePolicy(p -> p.policyArn(arn));
        assertThat(People.refusal(() -> iam.getPolicy(p -> p.policyArn(arn))))
                .isEqualTo(new Refused("NoSuchEntity", "Policy " + arn + " was not found."));
    }

    @Test
    void listingsPageWithoutALoss() {
        for (int i = 0; i < 7; i++) {
            String name = "paged-" + i;
            iam.createGroup(g -> g.groupName(name).path("/paged/"));
        }
        List<String> names = iam
                .listGroupsPaginator(l -> l.pathPrefix("/paged/").maxItems(3))
                .groups()
                .stream()
                .map(group -> group.groupName())
                .toList();

        assertThat(names).hasSize(7).isSorted().doesNotHaveDuplicates();
        assertThat(People.refusal(() -> iam.listGroups(l -> l.marker("made-up")))
                        .code())
                .isEqualTo("ValidationError");
    }

    @Test
    void everyPolicyOfAwsIsThereAndCanBeRead() {
        var policies = iam.listPoliciesPaginator(l -> l.scope("AWS").maxItems(1000)).policies().stream()
                .toList();

        assertThat(policies).hasSizeGreaterThan(1500);
        var administrator = iam.getPolicyVersion(v -> v.policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .versionId("v1"))
                .policyVersion();
        assertThat(URLDecoder.decode(administrator.document(), StandardCharsets.UTF_8))
                .contains("\"Action\":\"*\"");
        assertThat(People.refusal(
                                () -> iam.deletePolicy(p -> p.policyArn("arn:aws:iam::aws:policy/AdministratorAccess")))
                        .code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aMalformedPolicyIsRefused() {
        iam.createUser(u -> u.userName("mal"));

        assertThat(People.refusal(() ->
                        iam.putUserPolicy(p -> p.userName("mal").policyName("p").policyDocument("{\"Statement\":[]}"))))
                .isEqualTo(new Refused(
                        "MalformedPolicyDocument", "Policy document must be version 2012-10-17 or greater."));
        assertThat(People.refusal(() -> iam.createRole(r ->
                                r.roleName("mal").assumeRolePolicyDocument(People.trust(people.arn("user/nobody")))))
                        .code())
                .isEqualTo("MalformedPolicyDocument");
    }

    @Test
    void theSummaryCountsWhatThereIs() {
        int before = iam.getAccountSummary().summaryMapAsStrings().getOrDefault("Roles", 0);
        iam.createRole(r -> r.roleName("counted").assumeRolePolicyDocument(People.trust(people.arn("root"))));

        assertThat(iam.getAccountSummary().summaryMapAsStrings()).containsEntry("Roles", before + 1);
        assertThat(iam.getAccountAuthorizationDetails(d -> d.filterWithStrings("Role"))
                        .roleDetailList())
                .anyMatch(role -> role.roleName().equals("counted"));
        iam.generateCredentialReport();
        assertThat(iam.getCredentialReport().content().asUtf8String()).startsWith("user,arn,user_creation_time");
    }
}

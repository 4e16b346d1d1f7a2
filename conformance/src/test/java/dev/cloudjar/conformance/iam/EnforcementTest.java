package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Tag;

/// Credentials that were issued are verified, and what they may do is what policies say: at the next call, in
/// AWS's words.
@OnCloud(alone = true)
class EnforcementTest {
    private final TestCloud cloud;
    private final IamClient iam;
    private final People people;

    EnforcementTest(TestCloud cloud, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
        this.people = new People(cloud, iam);
    }

    private String queue(String name) {
        return "arn:aws:sqs:us-east-1:" + cloud.account() + ":" + name;
    }

    @Test
    void aUserMayDoWhatItsPoliciesSayFromTheNextCallOn() {
        SqsClient sqs = people.sqs(people.user("ann"));
        String refused =
                "User: " + people.arn("user/ann") + " is not authorized to perform: sqs:CreateQueue on resource: "
                        + queue("a") + " because no identity-based policy allows the sqs:CreateQueue action";

        assertThat(People.refusal(() -> sqs.createQueue(q -> q.queueName("a"))))
                .isEqualTo(new People.Refused("AccessDenied", refused));

        people.allow("ann", "sqs:*", queue("a*"));
        assertThatCode(() -> sqs.createQueue(q -> q.queueName("a"))).doesNotThrowAnyException();
        assertThat(People.refusal(() -> sqs.createQueue(q -> q.queueName("b"))).code())
                .isEqualTo("AccessDenied");

        iam.putUserPolicy(
                p -> p.userName("ann").policyName("no").policyDocument(People.policy("Deny", "sqs:CreateQueue", "*")));
        assertThat(People.refusal(() -> sqs.createQueue(q -> q.queueName("ab"))).message())
                .endsWith("with an explicit deny in an identity-based policy");
    }

    @Test
    void aGroupsPolicyAndAWSsOwnCountToo() {
        SqsClient sqs = people.sqs(people.user("grace"));
        iam.createGroup(g -> g.groupName("readers"));
        iam.attachGroupPolicy(a -> a.groupName("readers").policyArn("arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"));
        assertThat(People.refusal(sqs::listQueues).code()).isEqualTo("AccessDenied");

        iam.addUserToGroup(g -> g.groupName("readers").userName("grace"));
        assertThatCode(sqs::listQueues).doesNotThrowAnyException();
        assertThat(People.refusal(() -> sqs.createQueue(q -> q.queueName("x"))).code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void aWrongSecretAndADeletedKeyAreRefused() {
        AwsCredentials bob = people.user("bob");
        var wrong = AwsBasicCredentials.create(bob.accessKeyId(), "wrong");

        assertThatCode(() -> people.sts(bob).getCallerIdentity()).doesNotThrowAnyException();
        assertThat(People.refusal(() -> people.sts(wrong).getCallerIdentity()).code())
                .isEqualTo("SignatureDoesNotMatch");

        iam.updateAccessKey(
                k -> k.userName("bob").accessKeyId(bob.accessKeyId()).status("Inactive"));
        assertThat(People.refusal(() -> people.sts(bob).getCallerIdentity()).code())
                .isEqualTo("InvalidClientTokenId");
        iam.deleteAccessKey(k -> k.userName("bob").accessKeyId(bob.accessKeyId()));
        assertThat(People.refusal(() -> people.sts(bob).getCallerIdentity()).code())
                .isEqualTo("InvalidClientTokenId");
    }

    @Test
    void aRoleIsAssumedByWhomItTrustsWithItsExternalId() {
        AwsCredentials carl = people.user("carl");
        String trust = People.trust(people.arn("user/carl"))
                .replace("}}]", "},\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"42\"}}}]");
        iam.createRole(r -> r.roleName("outside").assumeRolePolicyDocument(trust));
        iam.attachRolePolicy(a -> a.roleName("outside").policyArn("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
        StsClient sts = people.sts(carl);

        assertThat(People.refusal(() -> sts.assumeRole(
                                r -> r.roleArn(people.arn("role/outside")).roleSessionName("monday")))
                        .code())
                .isEqualTo("AccessDenied");
        AssumeRoleResponse assumed = sts.assumeRole(r ->
                r.roleArn(people.arn("role/outside")).roleSessionName("monday").externalId("42"));
        AwsCredentials session = People.session(assumed.credentials());

        assertThat(people.sts(session).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::" + cloud.account() + ":assumed-role/outside/monday");
        assertThatCode(() -> people.sqs(session).createQueue(q -> q.queueName("outside")))
                .doesNotThrowAnyException();
    }

    @Test
    void aSessionEndsByTheWorldsClock() {
        AwsCredentials dora = people.user("dora");
        AwsCredentials session = People.session(
                people.sts(dora).getSessionToken(s -> s.durationSeconds(900)).credentials());
        assertThat(people.sts(session).getCallerIdentity().arn()).isEqualTo(people.arn("user/dora"));

        cloud.advance(Duration.ofMinutes(16));
        assertThat(People.refusal(() -> people.sts(session).getCallerIdentity()).code())
                .isEqualTo("ExpiredToken");
    }

    @Test
    void aBoundaryAndASessionPolicyLimit() {
        AwsCredentials eve = people.user("eve");
        people.allow("eve", "sqs:*", "*");
        String bound = iam.createPolicy(
                        p -> p.policyName("only-list").policyDocument(People.policy("Allow", "sqs:ListQueues", "*")))
                .policy()
                .arn();
        iam.putUserPermissionsBoundary(b -> b.userName("eve").permissionsBoundary(bound));

        assertThatCode(() -> people.sqs(eve).listQueues()).doesNotThrowAnyException();
        assertThat(People.refusal(() -> people.sqs(eve).createQueue(q -> q.queueName("e")))
                        .message())
                .endsWith("because no permissions boundary allows the sqs:CreateQueue action");

        iam.createRole(r -> r.roleName("wide").assumeRolePolicyDocument(People.trust(people.arn("root"))));
        iam.putRolePolicy(p -> p.roleName("wide").policyName("all").policyDocument(People.policy("Allow", "*", "*")));
        AwsCredentials session = People.session(Clients.sts(cloud)
                .assumeRole(r -> r.roleArn(people.arn("role/wide"))
                        .roleSessionName("narrow")
                        .policy(People.policy("Allow", "sqs:ListQueues", "*")))
                .credentials());
        assertThatCode(() -> people.sqs(session).listQueues()).doesNotThrowAnyException();
        assertThat(People.refusal(() -> people.sqs(session).createQueue(q -> q.queueName("e")))
                        .message())
                .endsWith("because no session policy allows the sqs:CreateQueue action");
    }

    @Test
    void anotherAccountsQueueNeedsBothSides() {
        AwsCredentials fred = people.user("fred");
        people.allow("fred", "sqs:*", "*");
        String owner = "222233334444";
        SqsClient theirs = people.sqs(AwsBasicCredentials.create(owner, "secret"));
        String url = theirs.createQueue(q -> q.queueName("shared")).queueUrl();
        SqsClient ours = people.sqs(fred);

        assertThat(People.refusal(() -> ours.sendMessage(m -> m.queueUrl(url).messageBody("a")))
                        .message())
                .endsWith("because no resource-based policy allows the sqs:SendMessage action");
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + cloud.account() + "\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}";
        theirs.setQueueAttributes(a -> a.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
        assertThatCode(() -> ours.sendMessage(m -> m.queueUrl(url).messageBody("a")))
                .doesNotThrowAnyException();
        assertThat(People.refusal(() -> ours.purgeQueue(p -> p.queueUrl(url))).code())
                .isEqualTo("AccessDenied");
    }

    @Test
    void sessionTagsAndVariablesCount() {
        iam.createRole(r -> r.roleName("tagged").assumeRolePolicyDocument(People.trust(people.arn("root"))));
        iam.putRolePolicy(p -> p.roleName("tagged")
                .policyName("own")
                .policyDocument(People.policy("Allow", "sqs:*", queue("${aws:PrincipalTag/team}-*"))));
        AwsCredentials session = People.session(Clients.sts(cloud)
                .assumeRole(r -> r.roleArn(people.arn("role/tagged"))
                        .roleSessionName("blue")
                        .tags(Tag.builder().key("team").value("blue").build()))
                .credentials());

        assertThatCode(() -> people.sqs(session).createQueue(q -> q.queueName("blue-one")))
                .doesNotThrowAnyException();
        assertThat(People.refusal(() -> people.sqs(session).createQueue(q -> q.queueName("red-one")))
                        .code())
                .isEqualTo("AccessDenied");
    }
}

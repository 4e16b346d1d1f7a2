package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// What some credentials cannot do, whatever policies allow them.
@OnCloud
class CredentialsTest {
    private static final People.Refused UNKNOWN =
            new People.Refused("InvalidClientTokenId", "The security token included in the request is invalid.");

    private final TestCloud cloud;
    private final IamClient iam;
    private final People people;

    CredentialsTest(TestCloud cloud, IamClient iam) {
        this.cloud = cloud;
        this.iam = iam;
        this.people = new People(cloud, iam);
    }

    private void assume(AwsCredentials credentials, String role) {
        people.sts(credentials)
                .assumeRole(a -> a.roleArn(people.arn("role/" + role)).roleSessionName("monday"));
    }

    private IamClient iam(AwsCredentials credentials) {
        return Clients.with(IamClient.builder(), cloud, credentials);
    }

    private static People.Refused cannot(String operation) {
        return new People.Refused("AccessDenied", "Cannot call " + operation + " with session credentials");
    }

    @Test
    void aKeyOfTheRootAssumesNoRole() {
        iam.createRole(r -> r.roleName("open").assumeRolePolicyDocument(People.trust(people.arn("root"))));
        var key = iam.createAccessKey().accessKey();
        AwsCredentials root = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
        AwsCredentials session =
                People.session(people.sts(root).getSessionToken().credentials());
        var refused = new People.Refused("AccessDenied", "Roles may not be assumed by root accounts.");

        assertThat(people.sts(root).getCallerIdentity().arn()).isEqualTo(people.arn("root"));
        assertThat(People.refusal(() -> assume(root, "open"))).isEqualTo(refused);
        assertThat(People.refusal(() -> assume(session, "open"))).isEqualTo(refused);
        assertThat(People.refusal(() -> assume(root, "none"))).isEqualTo(refused);
    }

    @Test
    void whoHasJustWrittenItsAccountForAKeyDoes() {
        iam.createRole(r -> r.roleName("handy").assumeRolePolicyDocument(People.trust(people.arn("root"))));

        assertThatCode(() -> assume(AwsBasicCredentials.create(cloud.account(), "secret"), "handy"))
                .doesNotThrowAnyException();
    }

    @Test
    void aSessionWithoutACodeHasNoIamAndOnlyRolesOfSts() {
        AwsCredentials hugo = people.user("hugo");
        people.allow("hugo", "*", "*");
        iam.createRole(r -> r.roleName("hugos").assumeRolePolicyDocument(People.trust(people.arn("user/hugo"))));
        AwsCredentials session =
                People.session(people.sts(hugo).getSessionToken().credentials());
        StsClient sts = people.sts(session);

        assertThatCode(() -> iam(hugo).listUsers()).doesNotThrowAnyException();
        assertThat(People.refusal(() -> iam(session).listUsers())).isEqualTo(UNKNOWN);
        assertThatCode(() -> people.sqs(session).listQueues()).doesNotThrowAnyException();
        assertThatCode(() -> assume(session, "hugos")).doesNotThrowAnyException();
        assertThat(sts.getCallerIdentity().arn()).isEqualTo(people.arn("user/hugo"));
        assertThat(People.refusal(sts::getSessionToken)).isEqualTo(cannot("GetSessionToken"));
        assertThat(People.refusal(() -> sts.getAccessKeyInfo(k -> k.accessKeyId(hugo.accessKeyId()))))
                .isEqualTo(cannot("GetAccessKeyInfo"));
    }

    @Test
    void aFederatedUserHasNeither() {
        AwsCredentials iris = people.user("iris");
        people.allow("iris", "*", "*");
        iam.createRole(r -> r.roleName("guests").assumeRolePolicyDocument(People.trust(cloud.account())));
        AwsCredentials guest = People.session(people.sts(iris)
                .getFederationToken(f -> f.name("guest").policy(People.policy("Allow", "*", "*")))
                .credentials());

        assertThatCode(() -> people.sqs(guest).listQueues()).doesNotThrowAnyException();
        assertThat(people.sts(guest).getCallerIdentity().arn()).endsWith(":federated-user/guest");
        assertThat(People.refusal(() -> iam(guest).listUsers())).isEqualTo(UNKNOWN);
        assertThat(People.refusal(() -> assume(guest, "guests"))).isEqualTo(cannot("AssumeRole"));
    }
}

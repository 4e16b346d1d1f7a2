package dev.cloudjar.services.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Kms;
import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.api.SecretsManager.GetSecretValueResponse;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.kms.KmsService;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Secrets with their versions, encrypted by KMS, deleted and restored by the clock, copied to regions.
class SecretTest {
    private static final String ONE = "11111111-1111-1111-1111-111111111111";
    private static final String TWO = "22222222-2222-2222-2222-222222222222";
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:rotate";

    private final Trial trial = Trial.of(
            new Service.Entry("secretsmanager", SecretsManagerService::new),
            new Service.Entry("kms", KmsService::new, Set.of(Keys.class)));

    @AfterEach
    void close() {
        trial.close();
    }

    private SecretsManager.CreateSecretRequest create(String name, String value) {
        return new SecretsManager.CreateSecretRequest()
                .name(name)
                .secretString(value)
                .clientRequestToken(ONE);
    }

    private String value(String secret) {
        return this.<GetSecretValueResponse>call(new SecretsManager.GetSecretValueRequest().secretId(secret))
                .secretString()
                .orElse("");
    }

    private <R extends Struct> R call(Struct request) {
        return trial.call(request);
    }

    private String refusal(Struct request) {
        return Trial.refusal(() -> call(request));
    }

    private Optional<String> stage(String secret, String stage) {
        SecretsManager.DescribeSecretResponse told = call(new SecretsManager.DescribeSecretRequest().secretId(secret));
        return told.versionIdsToStages().entrySet().stream()
                .filter(version -> version.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Test
    void aSecretIsFoundByNameAndByItsArnWithOrWithoutItsEnd() {
        SecretsManager.CreateSecretResponse made = call(create("db/password", "one"));
        String arn = made.arn().orElseThrow();

        assertThat(arn).matches("arn:aws:secretsmanager:eu-central-1:111122223333:secret:db/password-[A-Za-z0-9]{6}");
        assertThat(made.versionId()).contains(ONE);
        assertThat(value("db/password")).isEqualTo("one");
        assertThat(value(arn)).isEqualTo("one");
        assertThat(value(arn.substring(0, arn.length() - 7))).isEqualTo("one");
        assertThat(Trial.refusal(() -> value("db/passwort")))
                .isEqualTo("ResourceNotFoundException Secrets Manager can't find the specified secret.");
        assertThat(refusal(create("db password", "x")))
                .startsWith("ValidationException Invalid name. Must be a valid name containing alphanumeric");
    }

    @Test
    void theSameTokenMakesTheSameVersionAndAnotherValueIsRefused() {
        call(create("s", "one"));
        SecretsManager.CreateSecretResponse again = call(create("s", "one"));
        assertThat(again.versionId()).contains(ONE);
        assertThat(refusal(create("s", "two").clientRequestToken(TWO)))
                .isEqualTo("ResourceExistsException The operation failed because the secret s already exists.");
        var put = new SecretsManager.PutSecretValueRequest().secretId("s").clientRequestToken(ONE);
        call(put.secretString("one"));
        assertThat(refusal(put.secretString("two")))
                .startsWith("ResourceExistsException You can't use ClientRequestToken " + ONE);
        assertThat(refusal(put.secretBinary(Blob.of("b"))))
                .startsWith("InvalidParameterException You can't specify both");
    }

    @Test
    void aNewVersionIsCurrentAndTheOldOnePrevious() {
        call(create("s", "one"));
        call(new SecretsManager.PutSecretValueRequest()
                .secretId("s")
                .clientRequestToken(TWO)
                .secretString("two"));

        assertThat(value("s")).isEqualTo("two");
        assertThat(stage("s", "AWSPREVIOUS")).contains(ONE);
        GetSecretValueResponse previous =
                call(new SecretsManager.GetSecretValueRequest().secretId("s").versionStage("AWSPREVIOUS"));
        assertThat(previous.secretString()).contains("one");
        assertThat(refusal(new SecretsManager.GetSecretValueRequest()
                        .secretId("s")
                        .versionId(ONE)
                        .versionStage("AWSCURRENT")))
                .isEqualTo("InvalidRequestException You provided a VersionStage that is not associated to the provided"
                        + " VersionId.");
        var move = new SecretsManager.UpdateSecretVersionStageRequest()
                .secretId("s")
                .versionStage("AWSCURRENT")
                .moveToVersionId(ONE);
        assertThat(refusal(move))
                .isEqualTo("InvalidParameterException The parameter RemoveFromVersionId can't be empty. Staging label"
                        + " AWSCURRENT is currently attached to version " + TWO
                        + ", so you must explicitly reference that version in RemoveFromVersionId.");
        call(move.removeFromVersionId(TWO));
        assertThat(value("s")).isEqualTo("one");
        assertThat(stage("s", "AWSPREVIOUS")).contains(TWO);
    }

    @Test
    void aDisabledKeyShutsTheSecret() {
        String key = this.<Kms.CreateKeyResponse>call(new Kms.CreateKeyRequest())
                .keyMetadata()
                .orElseThrow()
                .keyId();
        call(create("s", "one").kmsKeyId(key));
        call(new Kms.DisableKeyRequest().keyId(key));

        assertThat(Trial.refusal(() -> value("s"))).startsWith("DecryptionFailure ");
        assertThat(refusal(new SecretsManager.PutSecretValueRequest()
                        .secretId("s")
                        .clientRequestToken(TWO)
                        .secretString("two")))
                .startsWith("EncryptionFailure ");
        call(new Kms.EnableKeyRequest().keyId(key));
        assertThat(value("s")).isEqualTo("one");
    }

    @Test
    void aDeletedSecretCanBeRestoredUntilItsTimeHasCome() {
        call(create("s", "one"));
        var delete = new SecretsManager.DeleteSecretRequest().secretId("s");
        assertThat(refusal(delete.recoveryWindowInDays(6)))
                .isEqualTo("InvalidParameterException RecoveryWindowInDays value must be between 7 and 30 days"
                        + " (inclusive).");
        call(delete.recoveryWindowInDays(7));
        assertThat(Trial.refusal(() -> value("s")))
                .isEqualTo("InvalidRequestException You can't perform this operation on the secret because it was"
                        + " marked for deletion.");
        assertThat(refusal(create("s", "one"))).startsWith("InvalidRequestException You can't create this secret");
        trial.pass(Duration.ofDays(6));
        call(new SecretsManager.RestoreSecretRequest().secretId("s"));
        trial.pass(Duration.ofDays(2));
        assertThat(value("s")).isEqualTo("one");
        call(delete);
        trial.pass(Duration.ofDays(7));
        assertThat(Trial.refusal(() -> value("s"))).startsWith("ResourceNotFoundException");
        call(create("s", "anew"));
        call(new SecretsManager.DeleteSecretRequest().secretId("s").forceDeleteWithoutRecovery(true));
        assertThat(Trial.refusal(() -> value("s"))).startsWith("ResourceNotFoundException");
    }

    @Test
    void aReplicaFollowsItsPrimaryUntilItStandsAlone() {
        call(create("s", "one"));
        Trial west = trial.as(Trial.ACCOUNT, "us-west-2");
        call(new SecretsManager.ReplicateSecretToRegionsRequest()
                .secretId("s")
                .addReplicaRegions(List.of(new SecretsManager.ReplicaRegionType().region("us-west-2"))));
        var read = new SecretsManager.GetSecretValueRequest().secretId("s");
        assertThat(west.<GetSecretValueResponse>call(read).secretString()).contains("one");
        var put = new SecretsManager.PutSecretValueRequest()
                .secretId("s")
                .clientRequestToken(TWO)
                .secretString("two");
        assertThat(Trial.refusal(() -> west.call(put)))
                .isEqualTo("InvalidRequestException Operation not permitted on a replica secret. Call must be made in"
                        + " primary secret's region.");
        call(put);

        assertThat(west.<GetSecretValueResponse>call(read).secretString()).contains("two");
        assertThat(refusal(new SecretsManager.DeleteSecretRequest().secretId("s")))
                .startsWith("InvalidParameterException You can't delete secret s that still has replica");
        west.call(new SecretsManager.StopReplicationToReplicaRequest().secretId("s"));
        west.call(new SecretsManager.PutSecretValueRequest()
                .secretId("s")
                .clientRequestToken(TWO.replace('2', '3'))
                .secretString("three"));
        assertThat(value("s")).isEqualTo("two");
        SecretsManager.DescribeSecretResponse told = call(new SecretsManager.DescribeSecretRequest().secretId("s"));
        assertThat(told.replicationStatus()).isEmpty();
    }

    @Test
    void secretsAreFilteredAndReadTogether() {
        call(create("app/one", "1")
                .tags(List.of(new SecretsManager.Tag().key("team").value("red"))));
        call(create("app/two", "2").description("The second one"));
        call(create("other", "3"));
        SecretsManager.ListSecretsResponse byName = call(new SecretsManager.ListSecretsRequest()
                .filters(List.of(new SecretsManager.Filter().key("name").values(List.of("app/")))));
        SecretsManager.ListSecretsResponse not = call(new SecretsManager.ListSecretsRequest()
                .filters(List.of(new SecretsManager.Filter().key("name").values(List.of("!app/")))));
        SecretsManager.ListSecretsResponse all = call(new SecretsManager.ListSecretsRequest()
                .filters(List.of(new SecretsManager.Filter().key("all").values(List.of("SECOND")))));
        SecretsManager.BatchGetSecretValueResponse batch =
                call(new SecretsManager.BatchGetSecretValueRequest().secretIdList(List.of("app/one", "none")));

        assertThat(byName.secretList()).hasSize(2);
        assertThat(not.secretList())
                .extracting(each -> each.name().orElseThrow())
                .containsExactly("other");
        assertThat(all.secretList())
                .extracting(each -> each.name().orElseThrow())
                .containsExactly("app/two");
        assertThat(batch.secretValues())
                .extracting(each -> each.secretString().orElseThrow())
                .containsExactly("1");
        assertThat(batch.errors())
                .extracting(each -> each.errorCode().orElseThrow())
                .containsExactly("ResourceNotFoundException");
        SecretsManager.ListSecretsResponse first = call(new SecretsManager.ListSecretsRequest().maxResults(2));
        SecretsManager.ListSecretsResponse rest = call(new SecretsManager.ListSecretsRequest()
                .maxResults(2)
                .nextToken(first.nextToken().orElseThrow()));
        assertThat(first.secretList()).hasSize(2);
        assertThat(rest.secretList()).hasSize(1);
    }

    @Test
    void policiesAreCheckedAndKept() {
        call(create("s", "one"));
        String open = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}]}";
        var put = new SecretsManager.PutResourcePolicyRequest().secretId("s");
        assertThat(refusal(put.resourcePolicy(open).blockPublicPolicy(true))).startsWith("PublicPolicyException");
        call(put.blockPublicPolicy(false));
        assertThat(refusal(put.resourcePolicy("{}x"))).startsWith("MalformedPolicyDocumentException");
        var get = new SecretsManager.GetResourcePolicyRequest().secretId("s");
        assertThat(this.<SecretsManager.GetResourcePolicyResponse>call(get).resourcePolicy())
                .contains(open);
        call(new SecretsManager.DeleteResourcePolicyRequest().secretId("s"));
        assertThat(this.<SecretsManager.GetResourcePolicyResponse>call(get).resourcePolicy())
                .isEmpty();
    }

    @Test
    void aPasswordHasEveryKindOfCharacterAndNoneThatIsExcluded() {
        SecretsManager.GetRandomPasswordResponse made =
                call(new SecretsManager.GetRandomPasswordRequest().excludeCharacters("abc\"'"));
        String password = made.randomPassword().orElseThrow();

        assertThat(password)
                .hasSize(32)
                .containsPattern("[a-z]")
                .containsPattern("[A-Z]")
                .containsPattern("[0-9]");
        assertThat(password).containsPattern("[^a-zA-Z0-9]").doesNotContainPattern("[abc\"']");
        assertThat(refusal(new SecretsManager.GetRandomPasswordRequest().passwordLength(3)))
                .isEqualTo("InvalidParameterException Password length is too short based on the required types.");
    }

    @Test
    void withoutFunctionsARotationIsNotPretended() {
        call(create("s", "one"));
        var rotate = new SecretsManager.RotateSecretRequest().secretId("s").clientRequestToken(TWO);
        assertThat(refusal(rotate))
                .isEqualTo("InvalidRequestException No Lambda rotation function ARN is associated with this secret.");
        assertThat(refusal(rotate.rotationLambdaArn(FUNCTION))).startsWith("NotImplemented");
    }

    /// A function that makes the new value as AWS's templates do, answering at once.
    private static final class Functions implements Service, Invoker {
        private final dev.cloudjar.kernel.Kernel kernel;

        Functions(dev.cloudjar.kernel.Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public List<Api> parts() {
            return List.of(new dev.cloudjar.api.Sts() {});
        }

        @Override
        public void start(dev.cloudjar.kernel.Arn function, String payload, Reply reply) {
            kernel.agenda().at(kernel.time().now(), "sts", "run", payload + '\n' + reply.subject());
        }

        @Override
        public Map<String, java.util.function.Consumer<String>> tasks() {
            return Map.of("run", this::run);
        }

        private void run(String asked) {
            int line = asked.indexOf('\n');
            Map<String, ?> event =
                    dev.cloudjar.kernel.Json.object(asked.substring(0, line)).orElseThrow();
            String token = String.valueOf(event.get("ClientRequestToken"));
            String secret = String.valueOf(event.get("SecretId"));
            SecretsManagerService service = new SecretsManagerService(kernel.as("secretsmanager"));
            Api values = service.parts().get(2);
            if ("createSecret".equals(event.get("Step"))) {
                ((SecretsManager) values)
                        .putSecretValue(new SecretsManager.PutSecretValueRequest()
                                .secretId(secret)
                                .clientRequestToken(token)
                                .secretString("rotated")
                                .versionStages(List.of("AWSPENDING")));
            }
            if ("finishSecret".equals(event.get("Step"))) {
                ((SecretsManager) values)
                        .updateSecretVersionStage(new SecretsManager.UpdateSecretVersionStageRequest()
                                .secretId(secret)
                                .versionStage("AWSCURRENT")
                                .removeFromVersionId(ONE)
                                .moveToVersionId(token));
            }
            kernel.agenda().at(kernel.time().now(), "secretsmanager", "step", asked.substring(line + 1) + '\n');
        }
    }

    @Test
    void aFunctionRotatesInFourStepsAndAgainByTheSchedule() {
        try (Trial withFunctions = Trial.of(
                new Service.Entry("secretsmanager", SecretsManagerService::new),
                new Service.Entry("sts", Functions::new, Set.of(Invoker.class)))) {
            withFunctions.call(create("s", "one"));
            withFunctions.call(new SecretsManager.RotateSecretRequest()
                    .secretId("s")
                    .clientRequestToken(TWO)
                    .rotationLambdaArn(FUNCTION)
                    .rotationRules(new SecretsManager.RotationRulesType().scheduleExpression("rate(10 days)")));
            withFunctions.pass(Duration.ofSeconds(1));
            GetSecretValueResponse value = withFunctions.call(new SecretsManager.GetSecretValueRequest().secretId("s"));

            assertThat(value.secretString()).contains("rotated");
            assertThat(value.versionId()).contains(TWO);
            assertThat(value.versionStages()).containsExactly("AWSCURRENT");
            SecretsManager.DescribeSecretResponse told =
                    withFunctions.call(new SecretsManager.DescribeSecretRequest().secretId("s"));
            assertThat(told.rotationEnabled()).contains(true);
            assertThat(told.lastRotatedDate()).isPresent();
            assertThat(told.nextRotationDate().orElseThrow())
                    .isBeforeOrEqualTo(withFunctions.now().plus(Duration.ofDays(10)));
        }
    }
}

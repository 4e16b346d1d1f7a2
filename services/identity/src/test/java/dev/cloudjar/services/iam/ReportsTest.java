package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What IAM reports of users is what they have and what they did.
class ReportsTest {
    private static final String ANN = "arn:aws:iam::" + Trial.ACCOUNT + ":user/ann";

    private final Trial trial = Trial.of(new Entry("iam", IamService::new, Set.of(Identities.class, Mfa.class)));
    private final Identities identities = trial.world().port(Identities.class).orElseThrow();
    private final Mfa mfa = trial.world().port(Mfa.class).orElseThrow();

    @BeforeEach
    void ann() {
        trial.call(new Iam.CreateUserRequest().userName("ann"));
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private String now() {
        return trial.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String key() {
        Iam.CreateAccessKeyResponse made = trial.call(new Iam.CreateAccessKeyRequest().userName("ann"));
        return made.accessKey().accessKeyId();
    }

    private void use(String key, String service, String region) {
        trial.within(() -> {
            Principal who =
                    identities.credential(key, Optional.empty()).orElseThrow().principal();
            identities.used(key, who, service, region);
            return true;
        });
    }

    /// The line of a user, by column.
    private Map<String, String> line(String user) {
        trial.call(new Iam.GenerateCredentialReportRequest());
        Iam.GetCredentialReportResponse report = trial.call(new Iam.GetCredentialReportRequest());
        List<String> lines = report.content().orElseThrow().utf8().lines().toList();
        String[] columns = lines.getFirst().split(",");
        String[] cells = lines.stream()
                .filter(each -> each.startsWith(user + ','))
                .findFirst()
                .orElseThrow()
                .split(",");
        var line = new HashMap<String, String>();
        for (int i = 0; i < columns.length; i++) {
            line.put(columns[i], cells[i]);
        }
        return line;
    }

    @Test
    void aUserWithoutAnythingHasNothingInTheCredentialReport() {
        assertThat(line("ann"))
                .hasSize(22)
                .containsEntry("arn", ANN)
                .containsEntry("user_creation_time", now())
                .containsEntry("password_enabled", "false")
                .containsEntry("password_last_changed", "N/A")
                .containsEntry("mfa_active", "false")
                .containsEntry("access_key_1_active", "false")
                .containsEntry("access_key_1_last_used_date", "N/A")
                .containsEntry("cert_1_active", "false");
    }

    @Test
    void everyColumnOfTheCredentialReportIsTrue() {
        trial.call(new Iam.UpdateAccountPasswordPolicyRequest().maxPasswordAge(90));
        trial.call(new Iam.CreateLoginProfileRequest().userName("ann").password("Correct-Horse-9"));
        String changed = now();
        String next = trial.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(Duration.ofDays(90))
                .toString();
        trial.pass(Duration.ofHours(1));
        String first = key();
        String rotated = now();
        String second = key();
        trial.call(new Iam.UpdateAccessKeyRequest()
                .userName("ann")
                .accessKeyId(second)
                .status("Inactive"));
        trial.pass(Duration.ofHours(1));
        use(first, "sqs", "eu-west-1");
        String used = now();
        trial.within(() -> mfa.enrollKey(Optional.of("ann"), "yubikey"));

        assertThat(line("ann"))
                .containsEntry("password_enabled", "true")
                .containsEntry("password_last_changed", changed)
                .containsEntry("password_next_rotation", next)
                .containsEntry("mfa_active", "true")
                .containsEntry("access_key_1_active", "true")
                .containsEntry("access_key_1_last_rotated", rotated)
                .containsEntry("access_key_1_last_used_date", used)
                .containsEntry("access_key_1_last_used_region", "eu-west-1")
                .containsEntry("access_key_1_last_used_service", "sqs")
                .containsEntry("access_key_2_active", "false")
                .containsEntry("access_key_2_last_rotated", rotated)
                .containsEntry("access_key_2_last_used_date", "N/A");
        assertThat(line("<root_account>"))
                .containsEntry("password_enabled", "not_supported")
                .containsEntry("mfa_active", "false");
    }

    @Test
    void theLastUseOfAKeyIsToldAndThatOfAServiceByItsUser() {
        String key = key();
        trial.call(
                new Iam.PutUserPolicyRequest().userName("ann").policyName("own").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:*","kms:Sign"],\
                "Resource":"*"}]}"""));
        Iam.GetAccessKeyLastUsedResponse before = trial.call(new Iam.GetAccessKeyLastUsedRequest().accessKeyId(key));
        use(key, "sqs", "eu-west-1");
        Iam.GetAccessKeyLastUsedResponse after = trial.call(new Iam.GetAccessKeyLastUsedRequest().accessKeyId(key));
        Iam.GenerateServiceLastAccessedDetailsResponse job =
                trial.call(new Iam.GenerateServiceLastAccessedDetailsRequest().arn(ANN));
        Iam.GetServiceLastAccessedDetailsResponse details = trial.call(
                new Iam.GetServiceLastAccessedDetailsRequest().jobId(job.jobId().orElseThrow()));

        assertThat(before.accessKeyLastUsed().orElseThrow().serviceName()).isEqualTo("N/A");
        assertThat(after.accessKeyLastUsed().orElseThrow().serviceName()).isEqualTo("sqs");
        assertThat(details.servicesLastAccessed())
                .extracting(each -> each.serviceNamespace()
                        + ' '
                        + each.totalAuthenticatedEntities().orElse(-1))
                .containsExactlyInAnyOrder("sqs 1", "kms 0");
    }
}

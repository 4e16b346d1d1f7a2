package dev.cloudjar.services.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Account;
import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.AccessRoles;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.World.Settings;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.services.account.AccountService;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an organization means for IAM and for the management of accounts, and what two organizations arrange.
class NeighboursTest {
    private static final String IAM = "iam.amazonaws.com";

    private final List<String> log = new ArrayList<>();
    private final Trial trial = Trial.over(World.inMemory(
            new Settings(
                    Trial.ACCOUNT,
                    Trial.REGION,
                    false,
                    Durability.OS,
                    OptionalLong.of(1),
                    log::add,
                    Optional.empty(),
                    Duration.ZERO),
            List.of(
                    new Entry("account", AccountService::new),
                    new Entry("iam", IamService::new, Set.of(Identities.class, AccessRoles.class)),
                    new Entry("organizations", OrganizationsService::new, Set.of(Memberships.class)))));
    private final Trial other = trial.as(Trial.OTHER, Trial.REGION);

    @BeforeEach
    void createOrganization() {
        trial.world().freezeClock();
        trial.call(new Organizations.CreateOrganizationRequest());
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private String open(String name) {
        trial.call(new Organizations.CreateAccountRequest()
                .accountName(name)
                .email(name + "@example.org")
                .tags(List.of(new Organizations.Tag().key("team").value("blue"))));
        Organizations.ListAccountsResponse all = trial.call(new Organizations.ListAccountsRequest());
        return all.accounts().stream()
                .filter(each -> each.name().filter(name::equals).isPresent())
                .findFirst()
                .flatMap(Organizations.Account::id)
                .orElseThrow();
    }

    @Test
    void anAccountThatIsOpenedHasTheRoleByWhichItIsEntered() {
        Trial member = trial.as(open("orders"), Trial.REGION);
        Iam.GetRoleResponse role = member.call(new Iam.GetRoleRequest().roleName("OrganizationAccountAccessRole"));
        Iam.GetRolePolicyResponse policy = member.call(new Iam.GetRolePolicyRequest()
                .roleName("OrganizationAccountAccessRole")
                .policyName("AdministratorAccess"));

        assertThat(role.role().assumeRolePolicyDocument().orElseThrow())
                .contains("arn%3Aaws%3Aiam%3A%3A" + Trial.ACCOUNT + "%3Aroot");
        assertThat(policy.policyDocument()).contains("%22Action%22%3A%20%22%2A%22");
    }

    @Test
    void rootAccessIsCentralOnceIamIsTrusted() {
        assertThat(Trial.refusal(() -> trial.call(new Iam.EnableOrganizationsRootSessionsRequest())))
                .startsWith("ServiceAccessNotEnabledException");
        trial.call(new Organizations.EnableAWSServiceAccessRequest().servicePrincipal(IAM));
        Iam.EnableOrganizationsRootSessionsResponse enabled =
                trial.call(new Iam.EnableOrganizationsRootSessionsRequest());
        trial.call(new Iam.EnableOrganizationsRootCredentialsManagementRequest());

        assertThat(enabled.organizationId().orElseThrow()).startsWith("o-");
        assertThat(enabled.enabledFeatures()).containsExactly("RootSessions");
        assertThat(trial.<Iam.ListOrganizationsFeaturesResponse>call(new Iam.ListOrganizationsFeaturesRequest())
                        .enabledFeatures())
                .containsExactly("RootCredentialsManagement", "RootSessions");
        assertThat(Trial.refusal(() -> other.call(new Iam.ListOrganizationsFeaturesRequest())))
                .startsWith("OrganizationNotFoundException");
        Trial member = trial.as(open("orders"), Trial.REGION);
        assertThat(Trial.refusal(() -> member.call(new Iam.ListOrganizationsFeaturesRequest())))
                .startsWith("AccountNotManagementOrDelegatedAdministratorException");

        trial.call(new Iam.DisableOrganizationsRootSessionsRequest());
        assertThat(trial.<Iam.ListOrganizationsFeaturesResponse>call(new Iam.ListOrganizationsFeaturesRequest())
                        .enabledFeatures())
                .containsExactly("RootCredentialsManagement");
    }

    @Test
    void thePrimaryEmailOfAMemberChangesWithTheCodeThatWasSent() {
        String account = open("orders");
        var start =
                new Account.StartPrimaryEmailUpdateRequest().accountId(account).primaryEmail("new@example.org");
        assertThat(trial.<Account.StartPrimaryEmailUpdateResponse>call(start).status())
                .contains("PENDING");
        String sentence = log.getLast();
        String code = sentence.substring(sentence.length() - 7, sentence.length() - 1);
        var accept = new Account.AcceptPrimaryEmailUpdateRequest()
                .accountId(account)
                .primaryEmail("new@example.org")
                .otp(code);

        assertThat(Trial.refusal(() -> trial.call(new Account.AcceptPrimaryEmailUpdateRequest()
                        .accountId(account)
                        .primaryEmail("new@example.org")
                        .otp(code.equals("111111") ? "222222" : "111111"))))
                .startsWith("ValidationException");
        assertThat(trial.<Account.AcceptPrimaryEmailUpdateResponse>call(accept).status())
                .contains("ACCEPTED");
        assertThat(trial.<Account.GetPrimaryEmailResponse>call(new Account.GetPrimaryEmailRequest().accountId(account))
                        .primaryEmail())
                .contains("new@example.org");
        assertThat(Trial.refusal(() -> trial.call(accept))).startsWith("ResourceNotFoundException");
        assertThat(Trial.refusal(() -> trial.call(new Account.GetPrimaryEmailRequest().accountId(Trial.ACCOUNT))))
                .startsWith("AccessDeniedException");
        assertThat(Trial.refusal(() -> trial.call(new Account.GetGovCloudAccountInformationRequest())))
                .startsWith("ResourceNotFoundException");
    }

    private Instant nextMonth() {
        OffsetDateTime now = trial.now().atOffset(ZoneOffset.UTC);
        return now.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1).toInstant();
    }

    private Organizations.InviteOrganizationToTransferResponsibilityRequest invitation(Instant start) {
        return new Organizations.InviteOrganizationToTransferResponsibilityRequest()
                .type("BILLING")
                .target(new Organizations.HandshakeParty().id(Trial.OTHER).type("ACCOUNT"))
                .startTimestamp(start)
                .sourceName("theirs");
    }

    @Test
    void aResponsibilityIsTransferredOnceTheOtherSideAccepts() {
        assertThat(Trial.refusal(() -> trial.call(invitation(nextMonth())))).startsWith("InvalidInputException");
        other.call(new Organizations.CreateOrganizationRequest());
        assertThat(Trial.refusal(() -> trial.call(invitation(nextMonth().plusSeconds(86_400)))))
                .startsWith("InvalidInputException");
        Organizations.InviteOrganizationToTransferResponsibilityResponse invited = trial.call(invitation(nextMonth()));
        String handshake = invited.handshake().orElseThrow().id().orElseThrow();
        assertThat(Trial.refusal(() -> trial.call(invitation(nextMonth()))))
                .startsWith("HandshakeConstraintViolationException");

        assertThat(transfers().getFirst().status()).contains("REQUESTED");
        assertThat(transfers().getFirst().activeHandshakeId()).contains(handshake);
        String id = transfers().getFirst().id().orElseThrow();
        var end = new Organizations.TerminateResponsibilityTransferRequest().id(id);
        assertThat(Trial.refusal(() -> trial.call(end))).startsWith("InvalidResponsibilityTransferTransitionException");
        other.call(new Organizations.AcceptHandshakeRequest().handshakeId(handshake));

        assertThat(transfers().getFirst().status()).contains("ACCEPTED");
        assertThat(other.<Organizations.ListOutboundResponsibilityTransfersResponse>call(
                                new Organizations.ListOutboundResponsibilityTransfersRequest().type("BILLING"))
                        .responsibilityTransfers()
                        .getFirst()
                        .source()
                        .orElseThrow()
                        .managementAccountId())
                .contains(Trial.OTHER);
        trial.call(
                new Organizations.UpdateResponsibilityTransferRequest().id(id).name("ours"));
        trial.call(end);
        assertThat(transfers().getFirst().name()).contains("ours");
        assertThat(transfers().getFirst().status()).contains("WITHDRAWN");
        assertThat(Trial.refusal(() -> trial.call(end))).startsWith("ResponsibilityTransferAlreadyInStatusException");
    }

    private List<Organizations.ResponsibilityTransfer> transfers() {
        return trial.<Organizations.ListInboundResponsibilityTransfersResponse>call(
                        new Organizations.ListInboundResponsibilityTransfersRequest().type("BILLING"))
                .responsibilityTransfers();
    }

    @Test
    void theServicesOfAnOrganizationAreReportedByItsPolicies() {
        Organizations.ListRootsResponse roots = trial.call(new Organizations.ListRootsRequest());
        String root = roots.roots().getFirst().id().orElseThrow();
        trial.call(new Organizations.EnablePolicyTypeRequest().rootId(root).policyType("SERVICE_CONTROL_POLICY"));
        Organizations.DescribeOrganizationResponse told = trial.call(new Organizations.DescribeOrganizationRequest());
        String path = told.organization().orElseThrow().id().orElseThrow() + '/' + root;
        Iam.GenerateOrganizationsAccessReportResponse asked =
                trial.call(new Iam.GenerateOrganizationsAccessReportRequest().entityPath(path));
        Iam.GetOrganizationsAccessReportResponse report = trial.call(new Iam.GetOrganizationsAccessReportRequest()
                .jobId(asked.jobId().orElseThrow())
                .maxItems(3));

        assertThat(report.jobStatus()).isEqualTo("COMPLETED");
        assertThat(report.accessDetails()).hasSize(3);
        assertThat(report.numberOfServicesAccessible().orElseThrow()).isGreaterThan(300);
        assertThat(report.numberOfServicesNotAccessed()).isEqualTo(report.numberOfServicesAccessible());
        assertThat(Trial.refusal(() -> other.call(new Iam.GenerateOrganizationsAccessReportRequest().entityPath(path))))
                .startsWith("InvalidInput");
    }
}

package dev.cloudjar.services.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.policy.LimitBook;
import dev.cloudjar.kernel.policy.Limits;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An organization with its units and accounts, who may change it, and what it lays upon its accounts.
class OrganizationTest {
    private static final String DENY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":"
            + "\"s3:*\",\"Resource\":\"*\"}]}";

    private final Trial trial = Trial.of(new Service.Entry("organizations", OrganizationsService::new));
    private String root = "";

    @BeforeEach
    void createOrganization() {
        call(new Organizations.CreateOrganizationRequest());
        root = this.<Organizations.ListRootsResponse>call(new Organizations.ListRootsRequest())
                .roots()
                .getFirst()
                .id()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private <R extends Struct> R call(Struct request) {
        return trial.call(request);
    }

    private String refusal(Struct request) {
        return Trial.refusal(() -> call(request));
    }

    private String open(String name) {
        Organizations.CreateAccountResponse started =
                call(new Organizations.CreateAccountRequest().accountName(name).email(name + "@example.org"));
        assertThat(started.createAccountStatus().orElseThrow().state()).contains("IN_PROGRESS");
        Organizations.DescribeCreateAccountStatusResponse done =
                call(new Organizations.DescribeCreateAccountStatusRequest()
                        .createAccountRequestId(
                                started.createAccountStatus().orElseThrow().id().orElseThrow()));
        return done.createAccountStatus().orElseThrow().accountId().orElseThrow();
    }

    private String unit(String parent, String name) {
        return this.<Organizations.CreateOrganizationalUnitResponse>call(
                        new Organizations.CreateOrganizationalUnitRequest()
                                .parentId(parent)
                                .name(name))
                .organizationalUnit()
                .orElseThrow()
                .id()
                .orElseThrow();
    }

    private String policy(String type, String content) {
        return this.<Organizations.CreatePolicyResponse>call(new Organizations.CreatePolicyRequest()
                        .name("policy of " + type + content.hashCode())
                        .description("")
                        .type(type)
                        .content(content))
                .policy()
                .orElseThrow()
                .policySummary()
                .orElseThrow()
                .id()
                .orElseThrow();
    }

    private Limits limits(String account) {
        return trial.world()
                .asKernel(
                        () -> trial.world().table(LimitBook.TABLE, Limits.class).find(account))
                .orElseThrow();
    }

    @Test
    void anOrganizationIsDescribedToItsMembersAndToNobodyElse() {
        Organizations.Organization told = this.<Organizations.DescribeOrganizationResponse>call(
                        new Organizations.DescribeOrganizationRequest())
                .organization()
                .orElseThrow();

        assertThat(told.id().orElseThrow()).matches("o-[a-z0-9]{10}");
        assertThat(told.arn())
                .contains("arn:aws:organizations::111122223333:organization/"
                        + told.id().orElseThrow());
        assertThat(told.featureSet()).contains("ALL");
        assertThat(refusal(new Organizations.CreateOrganizationRequest()))
                .isEqualTo("AlreadyInOrganizationException The AWS account is already a member of an organization.");
        Trial stranger = trial.as(Trial.OTHER, Trial.REGION);
        assertThat(Trial.refusal(() -> stranger.call(new Organizations.DescribeOrganizationRequest())))
                .isEqualTo("AWSOrganizationsNotInUseException Your account is not a member of an organization.");
    }

    @Test
    void anAccountIsOpenedMovedClosedAndGoneAfterNinetyDays() {
        String account = open("shop");
        String unit = unit(root, "workloads");
        call(new Organizations.MoveAccountRequest()
                .accountId(account)
                .sourceParentId(root)
                .destinationParentId(unit));
        var describe = new Organizations.DescribeAccountRequest().accountId(account);
        Organizations.Account told = this.<Organizations.DescribeAccountResponse>call(describe)
                .account()
                .orElseThrow();

        assertThat(told.joinedMethod()).contains("CREATED");
        assertThat(told.email()).contains("shop@example.org");
        assertThat(told.paths().getFirst()).endsWith('/' + root + '/' + unit + '/' + account + '/');
        assertThat(refusal(new Organizations.MoveAccountRequest()
                        .accountId(account)
                        .sourceParentId(root)
                        .destinationParentId(unit)))
                .startsWith("SourceParentNotFoundException");
        assertThat(refusal(new Organizations.DeleteOrganizationalUnitRequest().organizationalUnitId(unit)))
                .startsWith("OrganizationalUnitNotEmptyException");
        call(new Organizations.CloseAccountRequest().accountId(account));
        assertThat(this.<Organizations.DescribeAccountResponse>call(describe)
                        .account()
                        .orElseThrow()
                        .status())
                .contains("SUSPENDED");
        assertThat(refusal(new Organizations.CloseAccountRequest().accountId(account)))
                .startsWith("AccountAlreadyClosedException");
        trial.pass(Duration.ofDays(90));
        assertThat(refusal(describe))
                .isEqualTo("AccountNotFoundException You specified an account that doesn't exist.");
    }

    @Test
    void anEmailAddressIsUsedOnce() {
        open("shop");
        Organizations.CreateAccountResponse started = call(
                new Organizations.CreateAccountRequest().accountName("again").email("shop@example.org"));
        Organizations.DescribeCreateAccountStatusResponse done =
                call(new Organizations.DescribeCreateAccountStatusRequest()
                        .createAccountRequestId(
                                started.createAccountStatus().orElseThrow().id().orElseThrow()));

        assertThat(done.createAccountStatus().orElseThrow().failureReason()).contains("EMAIL_ALREADY_EXISTS");
    }

    @Test
    void onlyTheManagementAccountChangesTheOrganization() {
        Trial member = trial.as(open("shop"), Trial.REGION);
        var create = new Organizations.CreateOrganizationalUnitRequest()
                .parentId(root)
                .name("x");

        assertThat(Trial.refusal(() -> member.call(create)))
                .isEqualTo("AccessDeniedException You don't have permissions to access this resource.");
        assertThat(Trial.refusal(() -> member.call(new Organizations.ListAccountsRequest())))
                .startsWith("AccessDeniedException");
        call(create);
        assertThat(refusal(create))
                .isEqualTo("DuplicateOrganizationalUnitException An OU with the same name already exists.");
    }

    @Test
    void anInvitedAccountJoinsWhenItAccepts() {
        Organizations.Handshake made = this.<Organizations.InviteAccountToOrganizationResponse>call(
                        new Organizations.InviteAccountToOrganizationRequest()
                                .target(new Organizations.HandshakeParty()
                                        .id(Trial.OTHER)
                                        .type("ACCOUNT"))
                                .notes("welcome"))
                .handshake()
                .orElseThrow();
        Trial invited = trial.as(Trial.OTHER, Trial.REGION);
        var accept =
                new Organizations.AcceptHandshakeRequest().handshakeId(made.id().orElseThrow());

        assertThat(made.state()).contains("OPEN");
        assertThat(refusal(accept)).startsWith("AccessDeniedException");
        Organizations.AcceptHandshakeResponse accepted = invited.call(accept);
        assertThat(accepted.handshake().orElseThrow().state()).contains("ACCEPTED");
        assertThat(Trial.refusal(() -> invited.call(accept))).startsWith("HandshakeConstraintViolationException");
        assertThat(this.<Organizations.ListAccountsResponse>call(new Organizations.ListAccountsRequest())
                        .accounts())
                .hasSize(2);
        invited.call(new Organizations.LeaveOrganizationRequest());
        assertThat(refusal(new Organizations.LeaveOrganizationRequest()))
                .startsWith("MasterCannotLeaveOrganizationException");
    }

    @Test
    void anInvitationExpiresAfterFifteenDays() {
        String id = this.<Organizations.InviteAccountToOrganizationResponse>call(
                        new Organizations.InviteAccountToOrganizationRequest()
                                .target(new Organizations.HandshakeParty()
                                        .id(Trial.OTHER)
                                        .type("ACCOUNT")))
                .handshake()
                .orElseThrow()
                .id()
                .orElseThrow();
        trial.pass(Duration.ofDays(15));
        Trial invited = trial.as(Trial.OTHER, Trial.REGION);

        assertThat(Trial.refusal(() -> invited.call(new Organizations.AcceptHandshakeRequest().handshakeId(id))))
                .startsWith("InvalidHandshakeTransitionException");
    }

    @Test
    void servicePoliciesOfAllLevelsReachThePolicyEngine() {
        String account = open("shop");
        String unit = unit(root, "workloads");
        String deny = policy(PolicyType.SERVICE_CONTROL_POLICY, DENY);
        var attach = new Organizations.AttachPolicyRequest().policyId(deny).targetId(unit);
        assertThat(limits(account).services()).isEmpty();
        assertThat(refusal(attach)).startsWith("PolicyTypeNotEnabledException");
        call(new Organizations.EnablePolicyTypeRequest().rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY));
        call(attach);
        call(new Organizations.MoveAccountRequest()
                .accountId(account)
                .sourceParentId(root)
                .destinationParentId(unit));

        Limits limits = limits(account);
        assertThat(limits.services()).hasSize(3);
        assertThat(limits.services().get(1).policies())
                .extracting(Limits.Text::document)
                .contains(DENY);
        assertThat(limits.place().path()).endsWith('/' + root + '/' + unit + '/');
        assertThat(limits.place().management()).isFalse();
        assertThat(refusal(attach)).startsWith("DuplicatePolicyAttachmentException");
        assertThat(refusal(new Organizations.DeletePolicyRequest().policyId(deny)))
                .startsWith("PolicyInUseException");
        call(new Organizations.DetachPolicyRequest().policyId(deny).targetId(unit));
        assertThat(refusal(new Organizations.DetachPolicyRequest()
                        .policyId("p-FullAWSAccess")
                        .targetId(unit)))
                .startsWith("ConstraintViolationException");
        call(new Organizations.DisablePolicyTypeRequest().rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY));
        assertThat(limits(account).services()).isEmpty();
    }

    @Test
    void aPolicyIsHeldToItsType() {
        assertThat(refusal(new Organizations.CreatePolicyRequest()
                        .name("n")
                        .description("")
                        .type(PolicyType.SERVICE_CONTROL_POLICY)
                        .content("{\"tags\":{}}")))
                .isEqualTo("MalformedPolicyDocumentException The provided policy document does not meet the"
                        + " requirements of the specified policy type.");
        assertThat(refusal(new Organizations.CreatePolicyRequest()
                        .name("n")
                        .description("")
                        .type(PolicyType.TAG_POLICY)
                        .content(DENY)))
                .startsWith("MalformedPolicyDocumentException");
        policy(PolicyType.SERVICE_CONTROL_POLICY, DENY);
        assertThat(Trial.refusal(() -> policy(PolicyType.SERVICE_CONTROL_POLICY, DENY)))
                .startsWith("DuplicatePolicyException");
    }

    @Test
    void tagPoliciesAreInheritedByTheirOperators() {
        String account = open("shop");
        call(new Organizations.EnablePolicyTypeRequest().rootId(root).policyType(PolicyType.TAG_POLICY));
        String above = policy(
                PolicyType.TAG_POLICY,
                "{\"tags\":{\"cost\":{\"tag_key\":{\"@@assign\":\"Cost\",\"@@operators_allowed_for_child_policies\":"
                        + "[\"@@none\"]},\"tag_value\":{\"@@assign\":[\"1\"]}}}}");
        String below = policy(
                PolicyType.TAG_POLICY,
                "{\"tags\":{\"cost\":{\"tag_key\":{\"@@assign\":\"COST\"},\"tag_value\":{\"@@append\":[\"2\"]}}}}");
        call(new Organizations.AttachPolicyRequest().policyId(above).targetId(root));
        call(new Organizations.AttachPolicyRequest().policyId(below).targetId(account));
        Organizations.DescribeEffectivePolicyResponse told = call(new Organizations.DescribeEffectivePolicyRequest()
                .policyType(PolicyType.TAG_POLICY)
                .targetId(account));

        assertThat(told.effectivePolicy().orElseThrow().policyContent())
                .contains("{\"tags\":{\"cost\":{\"tag_key\":\"Cost\",\"tag_value\":[\"1\",\"2\"]}}}");
    }

    @Test
    void aServiceIsTrustedBeforeAnAccountAdministersIt() {
        String account = open("audit");
        var register = new Organizations.RegisterDelegatedAdministratorRequest()
                .accountId(account)
                .servicePrincipal("config.amazonaws.com");
        assertThat(refusal(register)).startsWith("ConstraintViolationException");
        call(new Organizations.EnableAWSServiceAccessRequest().servicePrincipal("config.amazonaws.com"));
        call(register);

        assertThat(refusal(register)).startsWith("AccountAlreadyRegisteredException");
        Organizations.ListDelegatedAdministratorsResponse told =
                call(new Organizations.ListDelegatedAdministratorsRequest());
        assertThat(told.delegatedAdministrators())
                .extracting(each -> each.id().orElseThrow())
                .containsExactly(account);
        assertThat(this.<Organizations.ListAWSServiceAccessForOrganizationResponse>call(
                                new Organizations.ListAWSServiceAccessForOrganizationRequest())
                        .enabledServicePrincipals())
                .hasSize(1);
        Trial administrator = trial.as(account, Trial.REGION);
        assertThat(administrator
                        .<Organizations.ListAccountsResponse>call(new Organizations.ListAccountsRequest())
                        .accounts())
                .hasSize(2);
    }

    @Test
    void whatStandsUnderWhatIsListedPageByPageAndTagged() {
        List.of("a", "b", "c").forEach(name -> unit(root, name));
        var list = new Organizations.ListChildrenRequest().parentId(root).childType("ORGANIZATIONAL_UNIT");
        Organizations.ListChildrenResponse first = call(list.maxResults(2));
        Organizations.ListChildrenResponse rest =
                call(list.nextToken(first.nextToken().orElseThrow()));
        String unit = first.children().getFirst().id().orElseThrow();
        call(new Organizations.TagResourceRequest()
                .resourceId(unit)
                .tags(List.of(new Organizations.Tag().key("k").value("v"))));
        Organizations.ListTagsForResourceResponse tags =
                call(new Organizations.ListTagsForResourceRequest().resourceId(unit));

        assertThat(first.children()).hasSize(2);
        assertThat(rest.children()).hasSize(1);
        assertThat(tags.tags()).containsExactly(new Organizations.Tag().key("k").value("v"));
        Organizations.ListParentsResponse parents = call(new Organizations.ListParentsRequest().childId(unit));
        assertThat(parents.parents())
                .containsExactly(new Organizations.Parent().id(root).type("ROOT"));
        assertThat(refusal(new Organizations.DeleteOrganizationRequest())).startsWith("OrganizationNotEmptyException");
    }
}

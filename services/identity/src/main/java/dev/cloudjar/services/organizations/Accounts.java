package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.AccessRoles;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.organizations.Member.Identity;
import dev.cloudjar.services.organizations.Member.Joined;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The accounts of an organization: opened, moved, closed, and gone.
final class Accounts implements Organizations {
    static final String FORGET = "forget";

    private static final String USUAL_ROLE = "OrganizationAccountAccessRole";
    private static final Duration CLOSED_FOR = Duration.ofDays(90);

    private final Kernel kernel;
    private final Tree tree;
    private final LimitWriter limits;
    private final Table<String, Opening> openings;

    Accounts(Kernel kernel, Tree tree, LimitWriter limits) {
        this.kernel = kernel;
        this.tree = tree;
        this.limits = limits;
        this.openings = kernel.table(Opening.class, Scope.WORLD);
    }

    @Override
    public CreateAccountResponse createAccount(CreateAccountRequest in) {
        Realm organization = tree.managed();
        boolean taken = tree.isMailed(in.email());
        String account = taken ? "" : number();
        var opening = openings.put(new Opening(
                tree.id("car-", 32),
                organization.key(),
                in.accountName(),
                account,
                taken ? CreateAccountFailureReason.EMAIL_ALREADY_EXISTS : "",
                tree.now()));
        if (!taken) {
            join(organization, account, new Identity(in.accountName(), in.email()), AccountJoinedMethod.CREATED);
            tree.marks.tag(organization, account, Tags.of(in.tags()));
            String role = in.roleName().orElse(USUAL_ROLE);
            kernel.port(AccessRoles.class).ifPresent(roles -> roles.open(account, role, organization.management()));
        }
        CreateAccountStatus started = told(opening);
        return new CreateAccountResponse()
                .createAccountStatus(new CreateAccountStatus()
                        .id(opening.key())
                        .accountName(opening.name())
                        .state(CreateAccountState.IN_PROGRESS)
                        .requestedTimestamp(started.requestedTimestamp()));
    }

    /// Twelve digits that no account of an organization has.
    private String number() {
        String number = "";
        while (number.isEmpty() || tree.members.has(number)) {
            long drawn = Long.parseLong(kernel.ids().hex("", 10), 16);
            number = Long.toString(100_000_000_000L + drawn % 900_000_000_000L);
        }
        return number;
    }

    void join(Realm organization, String account, Identity identity, String method) {
        tree.members.put(new Member(
                account,
                organization.key(),
                organization.root(),
                identity,
                new Joined(tree.now(), method),
                Optional.empty(),
                Map.of()));
        tree.marks.open(organization, account, Map.of());
        tree.attachDefaults(organization, account);
        limits.write(organization);
    }

    private static CreateAccountStatus told(Opening opening) {
        boolean failed = !opening.failure().isEmpty();
        var told = new CreateAccountStatus()
                .id(opening.key())
                .accountName(opening.name())
                .state(failed ? CreateAccountState.FAILED : CreateAccountState.SUCCEEDED)
                .requestedTimestamp(opening.at())
                .completedTimestamp(opening.at());
        return failed ? told.failureReason(opening.failure()) : told.accountId(opening.account());
    }

    @Override
    public DescribeCreateAccountStatusResponse describeCreateAccountStatus(DescribeCreateAccountStatusRequest in) {
        Realm organization = tree.managed();
        return new DescribeCreateAccountStatusResponse()
                .createAccountStatus(openings.find(in.createAccountRequestId())
                        .filter(opening -> opening.organization().equals(organization.key()))
                        .map(Accounts::told)
                        .orElseThrow(() -> CREATE_ACCOUNT_STATUS_NOT_FOUND_EXCEPTION.because(
                                "You specified a create account request that doesn't exist.")));
    }

    @Override
    public ListCreateAccountStatusResponse listCreateAccountStatus(ListCreateAccountStatusRequest in) {
        Realm organization = tree.managed();
        List<CreateAccountStatus> all = openings.rows(Span.ALL)
                .filter(opening -> opening.organization().equals(organization.key()))
                .map(Accounts::told)
                .filter(status -> in.states().isEmpty()
                        || in.states().contains(status.state().orElse("")))
                .toList();
        Page<CreateAccountStatus> page =
                tree.page(in, all, status -> status.id().orElseThrow());
        return new ListCreateAccountStatusResponse()
                .createAccountStatuses(page.items())
                .nextToken(page.next());
    }

    Account told(Realm organization, Member member) {
        boolean closed = member.closed().isPresent();
        return new Account()
                .id(member.key())
                .arn(Tree.arn(organization, "account/" + organization.key() + '/' + member.key()))
                .name(member.identity().name())
                .email(member.identity().email())
                .status(closed ? AccountStatus.SUSPENDED : AccountStatus.ACTIVE)
                .state(closed ? AccountState.CLOSED : AccountState.ACTIVE)
                .paths(List.of(tree.pathText(organization, member.key())))
                .joinedMethod(member.joined().method())
                .joinedTimestamp(member.joined().at());
    }

    @Override
    public DescribeAccountResponse describeAccount(DescribeAccountRequest in) {
        Realm organization = tree.seen();
        return new DescribeAccountResponse().account(told(organization, tree.member(organization, in.accountId())));
    }

    @Override
    public ListAccountsResponse listAccounts(ListAccountsRequest in) {
        Realm organization = tree.seen();
        Page<Account> page =
                tree.page(in, tree.membersOf(organization), Member::key).map(member -> told(organization, member));
        return new ListAccountsResponse().accounts(page.items()).nextToken(page.next());
    }

    @Override
    public ListAccountsForParentResponse listAccountsForParent(ListAccountsForParentRequest in) {
        Realm organization = tree.seen();
        tree.checkParent(organization, in.parentId(), PARENT_NOT_FOUND_EXCEPTION, "parent");
        Page<Account> page =
                tree.page(in, tree.membersUnder(in.parentId()), Member::key).map(member -> told(organization, member));
        return new ListAccountsForParentResponse().accounts(page.items()).nextToken(page.next());
    }

    @Override
    public MoveAccountResponse moveAccount(MoveAccountRequest in) {
        Realm organization = tree.managed();
        Member member = tree.member(organization, in.accountId());
        if (!member.parent().equals(in.sourceParentId())) {
            throw SOURCE_PARENT_NOT_FOUND_EXCEPTION.because("You specified a source parent that doesn't exist.");
        }
        tree.checkParent(
                organization, in.destinationParentId(), DESTINATION_PARENT_NOT_FOUND_EXCEPTION, "a destination parent");
        if (member.parent().equals(in.destinationParentId())) {
            throw DUPLICATE_ACCOUNT_EXCEPTION.because("That account is already present in the specified destination.");
        }
        tree.members.put(member.under(in.destinationParentId()));
        limits.write(organization);
        return new MoveAccountResponse();
    }

    @Override
    public CloseAccountResponse closeAccount(CloseAccountRequest in) {
        Realm organization = tree.managed();
        Member member = tree.member(organization, in.accountId());
        if (member.key().equals(organization.management())) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.CANNOT_CLOSE_MANAGEMENT_ACCOUNT,
                    "You can't close the management account.");
        }
        if (member.closed().isPresent()) {
            throw ACCOUNT_ALREADY_CLOSED_EXCEPTION.because("You attempted to close an account that is already closed.");
        }
        checkNoDelegation(member);
        tree.members.put(member.closedAt(tree.now()));
        kernel.agenda().at(tree.now().plus(CLOSED_FOR), OrganizationsService.ID, FORGET, member.key());
        return new CloseAccountResponse();
    }

    private static void checkNoDelegation(Member member) {
        if (!member.delegated().isEmpty()) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG,
                    "You can't close or remove an account that is registered as a delegated administrator.");
        }
    }

    /// The end of an account that was closed ninety days ago.
    void forget(String account) {
        tree.members.find(account).filter(member -> member.closed().isPresent()).ifPresent(this::leave);
    }

    @Override
    public RemoveAccountFromOrganizationResponse removeAccountFromOrganization(
            RemoveAccountFromOrganizationRequest in) {
        Realm organization = tree.managed();
        leave(organization, tree.member(organization, in.accountId()));
        return new RemoveAccountFromOrganizationResponse();
    }

    @Override
    public LeaveOrganizationResponse leaveOrganization(LeaveOrganizationRequest in) {
        Realm organization = tree.mine();
        leave(organization, tree.member(organization, Call.current().account()));
        return new LeaveOrganizationResponse();
    }

    private void leave(Realm organization, Member member) {
        if (member.key().equals(organization.management())) {
            throw MASTER_CANNOT_LEAVE_ORGANIZATION_EXCEPTION.because(
                    "The master account can't leave its organization. To leave it, delete the organization.");
        }
        checkNoDelegation(member);
        leave(member);
    }

    private void leave(Member member) {
        tree.organizations
                .find(member.organization())
                .ifPresent(organization -> tree.forget(organization, member.key()));
        tree.members.remove(member.key());
        limits.forget(member.key());
    }
}

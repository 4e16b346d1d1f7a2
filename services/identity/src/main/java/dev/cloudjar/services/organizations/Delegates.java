package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accounts that administer a service for the whole organization.
final class Delegates implements Organizations {
    private final Tree tree;
    private final Accounts accounts;

    Delegates(Tree tree, Accounts accounts) {
        this.tree = tree;
        this.accounts = accounts;
    }

    @Override
    public RegisterDelegatedAdministratorResponse registerDelegatedAdministrator(
            RegisterDelegatedAdministratorRequest in) {
        Realm organization = tree.managed();
        Member member = tree.member(organization, in.accountId());
        if (member.key().equals(organization.management())) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR,
                    "You cannot register master account/yourself as delegated administrator for your organization.");
        }
        Laws.checkFeatures(organization);
        if (!organization.services().containsKey(in.servicePrincipal())) {
            throw Tree.refused(
                    CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.SERVICE_ACCESS_NOT_ENABLED,
                    "You must enable service access for the service principal first.");
        }
        if (member.delegated().containsKey(in.servicePrincipal())) {
            throw ACCOUNT_ALREADY_REGISTERED_EXCEPTION.because(
                    "The provided account is already a delegated administrator for your organization.");
        }
        var services = new HashMap<>(member.delegated());
        services.put(in.servicePrincipal(), tree.now());
        tree.members.put(member.administering(services));
        return new RegisterDelegatedAdministratorResponse();
    }

    @Override
    public DeregisterDelegatedAdministratorResponse deregisterDelegatedAdministrator(
            DeregisterDelegatedAdministratorRequest in) {
        Realm organization = tree.managed();
        Member member = tree.member(organization, in.accountId());
        var services = new HashMap<>(member.delegated());
        if (services.remove(in.servicePrincipal()) == null) {
            throw ACCOUNT_NOT_REGISTERED_EXCEPTION.because(
                    "The provided account is not a registered delegated administrator for your organization.");
        }
        tree.members.put(member.administering(services));
        return new DeregisterDelegatedAdministratorResponse();
    }

    @Override
    public ListDelegatedAdministratorsResponse listDelegatedAdministrators(ListDelegatedAdministratorsRequest in) {
        Realm organization = tree.seen();
        Optional<String> service = in.servicePrincipal();
        List<Member> all = tree.membersOf(organization).stream()
                .filter(member -> service.map(member.delegated()::containsKey)
                        .orElse(!member.delegated().isEmpty()))
                .toList();
        Page<DelegatedAdministrator> page = tree.page(in, all, Member::key).map(member -> {
            Instant since =
                    member.delegated().values().stream().min(Instant::compareTo).orElseThrow();
            return DelegatedAdministrator.from(accounts.told(organization, member))
                    .delegationEnabledDate(since);
        });
        return new ListDelegatedAdministratorsResponse()
                .delegatedAdministrators(page.items())
                .nextToken(page.next());
    }

    @Override
    public ListDelegatedServicesForAccountResponse listDelegatedServicesForAccount(
            ListDelegatedServicesForAccountRequest in) {
        Realm organization = tree.seen();
        Member member = tree.member(organization, in.accountId());
        if (member.delegated().isEmpty()) {
            throw ACCOUNT_NOT_REGISTERED_EXCEPTION.because(
                    "The provided account is not a registered delegated administrator for your organization.");
        }
        List<Map.Entry<String, Instant>> all = member.delegated().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        Page<DelegatedService> page = tree.page(in, all, Map.Entry::getKey)
                .map(entry -> new DelegatedService()
                        .servicePrincipal(entry.getKey())
                        .delegationEnabledDate(entry.getValue()));
        return new ListDelegatedServicesForAccountResponse()
                .delegatedServices(page.items())
                .nextToken(page.next());
    }
}

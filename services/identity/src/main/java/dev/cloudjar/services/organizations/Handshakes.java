package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.services.organizations.Member.Identity;
import dev.cloudjar.services.organizations.Pact.Answer;
import dev.cloudjar.services.organizations.Pact.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Handshakes: accounts that are invited, and organizations that want all features.
final class Handshakes implements Organizations {
    private final Tree tree;
    private final Accounts accounts;
    private final LimitWriter limits;
    private final Table<String, Pact> pacts;

    Handshakes(Kernel kernel, Tree tree, Accounts accounts, LimitWriter limits) {
        this.tree = tree;
        this.accounts = accounts;
        this.limits = limits;
        this.pacts = kernel.table(Pact.class, Scope.WORLD);
    }

    @Override
    public InviteAccountToOrganizationResponse inviteAccountToOrganization(InviteAccountToOrganizationRequest in) {
        Realm organization = tree.managed();
        HandshakeParty target = in.target();
        if (target.type().equals(HandshakePartyType.ORGANIZATION)) {
            throw Tree.refused(
                    INVALID_INPUT_EXCEPTION,
                    InvalidInputExceptionReason.INVALID_PARTY_TYPE_TARGET,
                    "You can invite only accounts.");
        }
        boolean byEmail = target.type().equals(HandshakePartyType.EMAIL);
        String account = byEmail ? accountOf(target.id()) : target.id();
        if (tree.find(account).isPresent()) {
            throw Tree.refused(
                    HANDSHAKE_CONSTRAINT_VIOLATION_EXCEPTION,
                    HandshakeConstraintViolationExceptionReason.ALREADY_IN_AN_ORGANIZATION,
                    "The account is already in an organization.");
        }
        boolean twice = of(pact -> pact.organization().equals(organization.key())
                        && pact.account().equals(account)
                        && state(pact).equals(HandshakeState.OPEN))
                .stream()
                .findAny()
                .isPresent();
        if (twice) {
            throw DUPLICATE_HANDSHAKE_EXCEPTION.because("A handshake with the same action and target already exists.");
        }
        Terms terms = Terms.of(byEmail ? Optional.of(target.id()) : Optional.empty(), in.notes())
                .with(Marks.checked(account, Tags.of(in.tags())));
        Pact pact = make(organization, account, ActionType.INVITE, terms);
        return new InviteAccountToOrganizationResponse().handshake(told(pact));
    }

    /// The account whose root has an e-mail address of ours: its number stands before the `@`.
    static String accountOf(String email) {
        String name = email.replaceFirst("@.*", "");
        if (!Whole.email(name).equals(email)) {
            throw ACCOUNT_NOT_FOUND_EXCEPTION.because("You specified an account that doesn't exist.");
        }
        return name;
    }

    Pact make(Realm organization, String account, String action, Terms terms) {
        return pacts.put(new Pact(
                tree.id("h-", 10),
                organization.key(),
                account,
                action,
                terms,
                new Answer(HandshakeState.OPEN, tree.now())));
    }

    Handshake told(Pact pact) {
        Realm organization = tree.organizations.find(pact.organization()).orElseThrow();
        var parties = new ArrayList<HandshakeParty>();
        parties.add(new HandshakeParty().id(organization.key().substring(2)).type(HandshakePartyType.ORGANIZATION));
        if (!pact.account().isEmpty()) {
            boolean byEmail = pact.terms().email().isPresent();
            parties.add(new HandshakeParty()
                    .id(pact.terms().email().orElse(pact.account()))
                    .type(byEmail ? HandshakePartyType.EMAIL : HandshakePartyType.ACCOUNT));
        }
        String action = pact.action().toLowerCase(Locale.ROOT);
        return new Handshake()
                .id(pact.key())
                .arn(Tree.arn(organization, "handshake/" + organization.key() + '/' + action + '/' + pact.key()))
                .parties(parties)
                .state(state(pact))
                .requestedTimestamp(pact.answer().requested())
                .expirationTimestamp(pact.expires())
                .action(pact.action())
                .resources(resources(organization, pact));
    }

    private static List<HandshakeResource> resources(Realm organization, Pact pact) {
        var resources = new ArrayList<HandshakeResource>();
        resources.add(new HandshakeResource()
                .type(HandshakeResourceType.ORGANIZATION)
                .value(organization.key())
                .resources(List.of(
                        new HandshakeResource()
                                .type(HandshakeResourceType.MASTER_EMAIL)
                                .value(Whole.email(organization.management())),
                        new HandshakeResource()
                                .type(HandshakeResourceType.MASTER_NAME)
                                .value(organization.management()),
                        new HandshakeResource()
                                .type(HandshakeResourceType.ORGANIZATION_FEATURE_SET)
                                .value(organization.featureSet()))));
        if (!pact.account().isEmpty()) {
            resources.add(new HandshakeResource()
                    .type(
                            pact.terms().email().isPresent()
                                    ? HandshakeResourceType.EMAIL
                                    : HandshakeResourceType.ACCOUNT)
                    .value(pact.terms().email().orElse(pact.account())));
        }
        if (!pact.terms().notes().isEmpty()) {
            resources.add(new HandshakeResource()
                    .type(HandshakeResourceType.NOTES)
                    .value(pact.terms().notes()));
        }
        pact.terms()
                .parent()
                .ifPresent(parent -> resources.add(new HandshakeResource()
                        .type(HandshakeResourceType.PARENT_HANDSHAKE)
                        .value(parent)));
        return resources;
    }

    /// How a handshake stands now.
    String state(String id) {
        return pacts.find(id).map(this::state).orElse(HandshakeState.CANCELED);
    }

    /// What is asked of several members is open once all of them have approved.
    private String state(Pact pact) {
        String state = pact.state(tree.now());
        return state.equals(HandshakeState.OPEN) && isAwaited(pact) ? HandshakeState.REQUESTED : state;
    }

    /// Whether an account that still is a member has not approved its part.
    private boolean isAwaited(Pact whole) {
        return of(part -> part.terms().parent().equals(Optional.of(whole.key()))).stream()
                .anyMatch(part -> !part.answer().state().equals(HandshakeState.ACCEPTED)
                        && tree.find(part.account()).isPresent());
    }

    /// The handshakes of an organization that is no more.
    void forget(Realm organization) {
        of(pact -> pact.organization().equals(organization.key())).forEach(pact -> pacts.remove(pact.key()));
    }

    private Pact get(String id) {
        String caller = Call.current().account();
        Pact pact = pacts.find(id)
                .orElseThrow(() -> HANDSHAKE_NOT_FOUND_EXCEPTION.because(
                        "We can't find a handshake with the HandshakeId that you specified."));
        boolean party = pact.account().equals(caller) || isManagement(pact);
        if (!party) {
            throw Tree.denied();
        }
        return pact;
    }

    private boolean isManagement(Pact pact) {
        return tree.organizations
                .find(pact.organization())
                .filter(organization ->
                        organization.management().equals(Call.current().account()))
                .isPresent();
    }

    @Override
    public DescribeHandshakeResponse describeHandshake(DescribeHandshakeRequest in) {
        return new DescribeHandshakeResponse().handshake(told(get(in.handshakeId())));
    }

    /// Ends a handshake that is open, for those who may.
    private Pact answer(String id, boolean byOrganization, String state) {
        Pact pact = get(id);
        boolean forAll = pact.action().equals(ActionType.ENABLE_ALL_FEATURES);
        if (!forAll && byOrganization == pact.account().equals(Call.current().account())) {
            throw Tree.denied();
        }
        String now = state(pact);
        if (now.equals(state)) {
            throw HANDSHAKE_ALREADY_IN_STATE_EXCEPTION.because(
                    "The specified handshake is already in the requested state.");
        }
        boolean awaited = now.equals(HandshakeState.REQUESTED) && !state.equals(HandshakeState.ACCEPTED);
        if (!now.equals(HandshakeState.OPEN) && !awaited) {
            throw INVALID_HANDSHAKE_TRANSITION_EXCEPTION.because(
                    "You can't perform the operation on the handshake in its current state, %s.", now);
        }
        return pacts.put(pact.answered(state));
    }

    @Override
    public AcceptHandshakeResponse acceptHandshake(AcceptHandshakeRequest in) {
        Pact open = get(in.handshakeId());
        boolean invitation = open.action().equals(ActionType.INVITE);
        if (invitation && tree.find(open.account()).isPresent()) {
            throw Tree.refused(
                    HANDSHAKE_CONSTRAINT_VIOLATION_EXCEPTION,
                    HandshakeConstraintViolationExceptionReason.ALREADY_IN_AN_ORGANIZATION,
                    "The account is already in an organization.");
        }
        Pact pact = answer(in.handshakeId(), false, HandshakeState.ACCEPTED);
        Realm organization = tree.organizations.find(pact.organization()).orElseThrow();
        switch (pact.action()) {
            case ActionType.INVITE -> {
                var identity = new Identity(pact.account(), Whole.email(pact.account()));
                accounts.join(organization, pact.account(), identity, AccountJoinedMethod.INVITED);
                tree.marks.tag(organization, pact.account(), pact.terms().tags());
            }
            case ActionType.ENABLE_ALL_FEATURES -> limits.write(tree.organizations.put(organization.with(Realm.ALL)));
            default -> {}
        }
        return new AcceptHandshakeResponse().handshake(told(pact));
    }

    @Override
    public DeclineHandshakeResponse declineHandshake(DeclineHandshakeRequest in) {
        return new DeclineHandshakeResponse().handshake(told(answer(in.handshakeId(), false, HandshakeState.DECLINED)));
    }

    @Override
    public CancelHandshakeResponse cancelHandshake(CancelHandshakeRequest in) {
        return new CancelHandshakeResponse().handshake(told(answer(in.handshakeId(), true, HandshakeState.CANCELED)));
    }

    @Override
    public EnableAllFeaturesResponse enableAllFeatures(EnableAllFeaturesRequest in) {
        Realm organization = tree.managed();
        if (organization.hasAllFeatures()) {
            throw Tree.refused(
                    HANDSHAKE_CONSTRAINT_VIOLATION_EXCEPTION,
                    HandshakeConstraintViolationExceptionReason.ORGANIZATION_ALREADY_HAS_ALL_FEATURES,
                    "The organization already has all features enabled.");
        }
        Pact pact = make(organization, "", ActionType.ENABLE_ALL_FEATURES, Terms.NONE);
        Terms terms = Terms.under(pact.key());
        tree.membersOf(organization).stream()
                .filter(member -> member.joined().method().equals(AccountJoinedMethod.INVITED))
                .filter(member -> !member.key().equals(organization.management()))
                .forEach(member -> make(organization, member.key(), ActionType.APPROVE_ALL_FEATURES, terms));
        return new EnableAllFeaturesResponse().handshake(told(pact));
    }

    private List<Pact> of(Predicate<Pact> which) {
        return pacts.rows(Span.ALL).filter(which).toList();
    }

    private static Predicate<Pact> fits(Optional<HandshakeFilter> filter) {
        Optional<String> action = filter.flatMap(HandshakeFilter::actionType);
        Optional<String> parent = filter.flatMap(HandshakeFilter::parentHandshakeId);
        return pact -> action.filter(type -> !type.equals(pact.action())).isEmpty()
                && (parent.isEmpty() || parent.equals(pact.terms().parent()));
    }

    @Override
    public ListHandshakesForAccountResponse listHandshakesForAccount(ListHandshakesForAccountRequest in) {
        String account = Call.current().account();
        Page<Handshake> page = tree.page(
                        in, of(fits(in.filter()).and(pact -> pact.account().equals(account))), Pact::key)
                .map(this::told);
        return new ListHandshakesForAccountResponse().handshakes(page.items()).nextToken(page.next());
    }

    @Override
    public ListHandshakesForOrganizationResponse listHandshakesForOrganization(
            ListHandshakesForOrganizationRequest in) {
        Realm organization = tree.seen();
        Page<Handshake> page = tree.page(
                        in,
                        of(fits(in.filter()).and(pact -> pact.organization().equals(organization.key()))),
                        Pact::key)
                .map(this::told);
        return new ListHandshakesForOrganizationResponse()
                .handshakes(page.items())
                .nextToken(page.next());
    }
}

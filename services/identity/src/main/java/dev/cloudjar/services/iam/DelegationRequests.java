package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.Delegations;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.iam.Delegation.Approver;
import dev.cloudjar.services.iam.Delegation.Holder;
import dev.cloudjar.services.iam.Delegation.Offer;
import dev.cloudjar.services.iam.Delegation.Parameter;
import dev.cloudjar.services.iam.Delegation.State;
import dev.cloudjar.services.iam.Delegation.Step;
import dev.cloudjar.services.iam.Delegation.Terms;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Temporary delegation: a partner asks for a part of somebody's permissions, who takes the request, accepts it,
/// and has the token for it sent to the partner's topic.
final class DelegationRequests implements Iam, Delegations {
    private static final String TOKEN = "delegation";
    private static final int LONGEST_POLICY = 2048;

    private final Kernel kernel;
    private final Table<String, Delegation> requests;
    private final Table<String, DelegationTemplate> templates;
    private final Pages pages;

    DelegationRequests(Kernel kernel) {
        this.kernel = kernel;
        this.requests = kernel.table(Delegation.class, Scope.WORLD);
        this.templates = kernel.table(DelegationTemplate.class, Scope.WORLD);
        this.pages = new Pages(kernel);
    }

    private static String account() {
        return Call.current().account();
    }

    @Override
    public void know(String arn, String template) {
        if (Arn.parse(arn).isEmpty() || Json.object(template).isEmpty()) {
            throw Refusals.invalid("A policy template has an ARN, and is a JSON object.");
        }
        kernel.transact(() -> templates.put(new DelegationTemplate(arn, account(), template)));
    }

    @Override
    public CreateDelegationRequestResponse createDelegationRequest(CreateDelegationRequestRequest in) {
        if (Arn.parse(in.notificationChannel())
                .filter(topic -> topic.service().equals("sns"))
                .isEmpty()) {
            throw Refusals.invalid("The notification channel must be the ARN of an SNS topic.");
        }
        Terms terms = terms(in.permissions());
        var offer = new Offer(
                account(),
                in.description(),
                in.requestMessage(),
                in.requestorWorkflowId(),
                in.redirectUrl(),
                in.notificationChannel(),
                in.sessionDuration(),
                in.onlySendByOwner().orElse(false));
        Instant now = Moment.now(kernel);
        var holder = new Holder(in.ownerAccountId(), Optional.empty(), Optional.empty());
        var step = new Step(State.UNASSIGNED, now, Optional.empty(), Optional.empty());
        Delegation made = requests.put(new Delegation(kernel.ids().uuid(), offer, terms, now, holder, step));
        return new CreateDelegationRequestResponse()
                .delegationRequestId(made.key())
                .consoleDeepLink("https://console.aws.amazon.com/iam/home#/delegation-requests/" + made.key());
    }

    private Terms terms(DelegationPermission asked) {
        String arn = asked.policyTemplateArn()
                .orElseThrow(() -> Refusals.invalid("The ARN of a policy template is required."));
        DelegationTemplate template = templates
                .find(arn)
                .filter(found -> found.partner().equals(account()))
                .orElseThrow(() -> Refusals.invalid("The policy template " + arn + " is not registered."));
        List<Parameter> parameters = asked.parameters().stream()
                .map(each -> new Parameter(
                        each.name().orElse(""), each.values(), each.type().orElse(PolicyParameterTypeEnum.STRING)))
                .toList();
        String policy = template.filled(parameters);
        try {
            Document.parse(policy, Grammar.IDENTITY);
        } catch (Malformed malformed) {
            throw Refusals.invalid(malformed.message());
        }
        if (policy.length() > LONGEST_POLICY) {
            throw Refusals.invalid("The rendered policy exceeds " + LONGEST_POLICY + " characters.");
        }
        return new Terms(arn, parameters, policy);
    }

    /// A request that the caller's account may know of.
    Delegation get(String id) {
        return requests.find(id)
                .filter(found -> found.holder().isFor(account()))
                .orElseThrow(() -> Refusals.missing("Delegation request " + id + " does not exist."));
    }

    /// Whether `operation` is one that the owner of a request may always do.
    boolean isGiven(OperationSchema operation, Struct input) {
        String named = switch (operation.name()) {
            case "GetDelegationRequest", "UpdateDelegationRequest" -> String.valueOf(input.get("DelegationRequestId"));
            case "GetHumanReadableSummary" -> String.valueOf(input.get("EntityArn"));
            default -> "";
        };
        String caller = Call.current().principal().arn();
        return !named.isEmpty()
                && requests.find(named.substring(named.indexOf('/') + 1))
                        .flatMap(found -> found.holder().owner())
                        .filter(caller::equals)
                        .isPresent();
    }

    private void move(String id, State next, UnaryOperator<Delegation> change) {
        Delegation now = get(id);
        Instant at = Moment.now(kernel);
        if (!next.follows(now.at(at))) {
            throw Refusals.invalid(
                    "Delegation request " + id + " is in state " + now.at(at) + ", which does not allow this.");
        }
        Delegation changed = change.apply(now);
        requests.put(changed.moved(changed.holder(), changed.step().to(next, at)));
    }

    private static Delegation held(Delegation request, UnaryOperator<Holder> change) {
        return request.moved(change.apply(request.holder()), request.step());
    }

    private static Delegation said(Delegation request, UnaryOperator<Step> change) {
        return request.moved(request.holder(), change.apply(request.step()));
    }

    @Override
    public AssociateDelegationRequestResponse associateDelegationRequest(AssociateDelegationRequestRequest in) {
        Principal caller = Call.current().principal();
        var holder = new Holder(Optional.of(caller.account()), Optional.of(caller.arn()), Optional.empty());
        move(in.delegationRequestId(), State.ASSIGNED, request -> held(request, _ -> holder));
        return new AssociateDelegationRequestResponse();
    }

    @Override
    public UpdateDelegationRequestResponse updateDelegationRequest(UpdateDelegationRequestRequest in) {
        move(
                in.delegationRequestId(),
                State.PENDING_APPROVAL,
                request -> said(request, step -> new Step(step.state(), step.since(), in.notes(), step.reason())));
        return new UpdateDelegationRequestResponse();
    }

    /// Who accepts gives of its own permissions. The root has no bounds of which to give a part, and neither
    /// has a session a policy to spare that is narrowed already.
    @Override
    public AcceptDelegationRequestResponse acceptDelegationRequest(AcceptDelegationRequestRequest in) {
        Principal caller = Call.current().principal();
        boolean able = (caller.kind() == Principal.Kind.USER || caller.kind() == Principal.Kind.SESSION)
                && caller.session().policies().isEmpty();
        if (!able) {
            throw Refusals.invalid("Only a user, or a role without session policies, can accept a delegation request.");
        }
        move(
                in.delegationRequestId(),
                State.ACCEPTED,
                request -> held(
                        request, held -> new Holder(held.account(), held.owner(), Optional.of(Approver.of(caller)))));
        tell(get(in.delegationRequestId()), Map.of());
        return new AcceptDelegationRequestResponse();
    }

    @Override
    public RejectDelegationRequestResponse rejectDelegationRequest(RejectDelegationRequestRequest in) {
        move(
                in.delegationRequestId(),
                State.REJECTED,
                request -> said(request, step -> new Step(step.state(), step.since(), step.notes(), in.notes())));
        tell(get(in.delegationRequestId()), Map.of());
        return new RejectDelegationRequestResponse();
    }

    @Override
    public SendDelegationTokenResponse sendDelegationToken(SendDelegationTokenRequest in) {
        String id = in.delegationRequestId();
        Delegation request = get(id);
        String caller = Call.current().principal().arn();
        if (request.offer().ownerSends()
                && request.holder().owner().filter(caller::equals).isEmpty()) {
            throw Refusals.ACCESS_DENIED.because("Only the owner of delegation request %s can send its token.", id);
        }
        move(id, State.FINALIZED, now -> now);
        tell(get(id), Map.of("TradeInToken", kernel.tokens().seal(TOKEN, id)));
        return new SendDelegationTokenResponse();
    }

    /// Tells the partner's topic how far the request is.
    private void tell(Delegation request, Map<String, String> more) {
        var told = new LinkedHashMap<String, String>();
        told.put("DelegationRequestId", request.key());
        told.put("RequestorWorkflowId", request.offer().workflow());
        told.put("State", request.step().state().name());
        request.holder().account().ifPresent(account -> told.put("OwnerAccountId", account));
        told.putAll(more);
        Arn topic = Arn.parse(request.offer().channel()).orElseThrow();
        kernel.deliveries().send("iam.amazonaws.com", topic, Payload.of(Json.write(told)));
    }

    @Override
    public Optional<Delegated> delegated(String token) {
        return kernel.transact(() -> kernel.tokens()
                .open(TOKEN, token)
                .flatMap(requests::find)
                .map(request -> new Delegated(
                        request.offer().partner(),
                        principal(request.holder().approver().orElseThrow()),
                        request.terms().policy(),
                        request.ends())));
    }

    private Principal principal(Approver approver) {
        var session = new Session(
                approver.issuer(), kernel.time().now(), List.of(), Map.of(), List.of(), Map.of(), Optional.empty());
        return new Principal(approver.arn(), approver.account(), approver.userId(), session);
    }

    @Override
    public GetDelegationRequestResponse getDelegationRequest(GetDelegationRequestRequest in) {
        return new GetDelegationRequestResponse().delegationRequest(view(get(in.delegationRequestId())));
    }

    /// Those that somebody of the account has taken.
    @Override
    public ListDelegationRequestsResponse listDelegationRequests(ListDelegationRequestsRequest in) {
        List<Delegation> found = requests.rows(Span.ALL)
                .filter(each ->
                        each.holder().account().filter(account()::equals).isPresent())
                .filter(each -> each.holder().owner().isPresent())
                .filter(each -> in.ownerId().isEmpty() || each.holder().owner().equals(in.ownerId()))
                .toList();
        var out = new ListDelegationRequestsResponse();
        return out.delegationRequests(
                pages.of(in, out, found).stream().map(this::view).toList());
    }

    private DelegationRequest view(Delegation request) {
        Offer offer = request.offer();
        List<PolicyParameter> parameters = request.terms().parameters().stream()
                .map(each -> new PolicyParameter()
                        .name(each.name())
                        .values(each.values())
                        .type(each.type()))
                .toList();
        return new DelegationRequest()
                .delegationRequestId(request.key())
                .ownerAccountId(request.holder().account())
                .description(offer.description())
                .requestMessage(offer.message())
                .permissions(new DelegationPermission()
                        .policyTemplateArn(request.terms().template())
                        .parameters(parameters))
                .permissionPolicy(request.terms().policy())
                .ownerId(request.holder().owner())
                .approverId(request.holder().approver().map(Approver::arn))
                .state(request.at(Moment.now(kernel)).name())
                .expirationTime(request.expires())
                .requestorId(offer.partner())
                .createDate(request.created())
                .sessionDuration(offer.seconds())
                .redirectUrl(offer.redirect())
                .notes(request.step().notes())
                .rejectionReason(request.step().reason())
                .onlySendByOwner(offer.ownerSends())
                .updatedTime(request.step().since());
    }
}

package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.organizations.Pact.Terms;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Transfers of responsibility: one management account pays for the organization of another, which has agreed.
final class Transfers implements Organizations {
    private final Tree tree;
    private final Handshakes handshakes;
    private final Table<String, Transfer> transfers;

    Transfers(Kernel kernel, Tree tree, Handshakes handshakes) {
        this.tree = tree;
        this.handshakes = handshakes;
        this.transfers = kernel.table(Transfer.class, Scope.WORLD);
    }

    @Override
    public InviteOrganizationToTransferResponsibilityResponse inviteOrganizationToTransferResponsibility(
            InviteOrganizationToTransferResponsibilityRequest in) {
        Realm organization = tree.managed();
        String source = invited(in.target());
        checkStart(in.startTimestamp());
        if (source.equals(organization.management())) {
            throw refused(
                    HandshakeConstraintViolationExceptionReason.SOURCE_AND_TARGET_CANNOT_MATCH,
                    "The source and the target of a transfer can't be the same organization.");
        }
        boolean twice = of(each -> each.source().equals(source)).stream()
                .anyMatch(each -> List.of(ResponsibilityTransferStatus.REQUESTED, ResponsibilityTransferStatus.ACCEPTED)
                        .contains(status(each)));
        if (twice) {
            throw refused(
                    HandshakeConstraintViolationExceptionReason.RESPONSIBILITY_TRANSFER_ALREADY_EXISTS,
                    "There is a transfer of this responsibility for the organization already.");
        }
        boolean byEmail = in.target().type().equals(HandshakePartyType.EMAIL);
        var terms = Terms.of(byEmail ? Optional.of(in.target().id()) : Optional.empty(), in.notes());
        Pact pact = handshakes.make(organization, source, ActionType.TRANSFER_RESPONSIBILITY, terms);
        transfers.put(new Transfer(
                tree.id("rt-", 8),
                in.sourceName(),
                pact.key(),
                source,
                organization.management(),
                in.startTimestamp(),
                Optional.empty()));
        return new InviteOrganizationToTransferResponsibilityResponse().handshake(handshakes.told(pact));
    }

    /// The management account that an invitation is for.
    private String invited(HandshakeParty party) {
        String account = party.type().equals(HandshakePartyType.EMAIL) ? Handshakes.accountOf(party.id()) : party.id();
        boolean management = tree.find(account)
                .filter(theirs -> theirs.management().equals(account))
                .isPresent();
        if (!management || party.type().equals(HandshakePartyType.ORGANIZATION)) {
            throw invalid(
                    InvalidInputExceptionReason.INVALID_PARTY_TYPE_TARGET,
                    "You can invite only the management account of an organization.");
        }
        return account;
    }

    private static AwsError invalid(String reason, String message) {
        return Tree.refused(INVALID_INPUT_EXCEPTION, reason, message);
    }

    private static AwsError refused(String reason, String message) {
        return Tree.refused(HANDSHAKE_CONSTRAINT_VIOLATION_EXCEPTION, reason, message);
    }

    private void checkStart(Instant start) {
        OffsetDateTime date = start.atOffset(ZoneOffset.UTC);
        if (date.getDayOfMonth() != 1) {
            throw invalid(
                    InvalidInputExceptionReason.START_DATE_NOT_BEGINNING_OF_MONTH,
                    "The start date must be the beginning of the first day of a month.");
        }
        if (!date.truncatedTo(ChronoUnit.DAYS).isEqual(date)) {
            throw invalid(
                    InvalidInputExceptionReason.START_DATE_NOT_BEGINNING_OF_DAY,
                    "The start date must be the beginning of a day.");
        }
        if (!start.isAfter(tree.now())) {
            throw invalid(InvalidInputExceptionReason.START_DATE_TOO_EARLY, "The start date must be in the future.");
        }
    }

    private String status(Transfer transfer) {
        return transfer.status(handshakes.state(transfer.handshake()));
    }

    private List<Transfer> of(Predicate<Transfer> which) {
        return transfers.rows(Span.ALL).filter(which).toList();
    }

    /// A transfer of one's own, from whichever side.
    private Transfer get(String id) {
        tree.managed();
        String caller = Call.current().account();
        return transfers
                .find(id)
                .filter(each -> each.source().equals(caller) || each.target().equals(caller))
                .orElseThrow(Transfers::missing);
    }

    private static AwsError missing() {
        return RESPONSIBILITY_TRANSFER_NOT_FOUND_EXCEPTION.because("We can't find a transfer that you specified.");
    }

    /// The transfers to and from an organization that is no more.
    void forget(Realm organization) {
        String account = organization.management();
        of(each -> each.source().equals(account) || each.target().equals(account))
                .forEach(each -> transfers.remove(each.key()));
    }

    private ResponsibilityTransfer told(Transfer transfer) {
        Realm organization = tree.find(transfer.target()).orElseThrow();
        String status = status(transfer);
        String resource = "transfer/" + organization.key() + "/billing/"
                + (transfer.target().equals(Call.current().account()) ? "inbound/" : "outbound/") + transfer.key();
        return new ResponsibilityTransfer()
                .arn(Tree.arn(organization, resource))
                .name(transfer.name())
                .id(transfer.key())
                .type(Transfer.TYPE)
                .status(status)
                .source(participant(transfer.source()))
                .target(participant(transfer.target()))
                .startTimestamp(transfer.start())
                .endTimestamp(transfer.end())
                .activeHandshakeId(Optional.of(transfer.handshake())
                        .filter(_ -> status.equals(ResponsibilityTransferStatus.REQUESTED)));
    }

    private TransferParticipant participant(String account) {
        return new TransferParticipant()
                .managementAccountId(account)
                .managementAccountEmail(tree.members
                        .find(account)
                        .map(member -> member.identity().email()));
    }

    @Override
    public DescribeResponsibilityTransferResponse describeResponsibilityTransfer(
            DescribeResponsibilityTransferRequest in) {
        return new DescribeResponsibilityTransferResponse().responsibilityTransfer(told(get(in.id())));
    }

    @Override
    public UpdateResponsibilityTransferResponse updateResponsibilityTransfer(UpdateResponsibilityTransferRequest in) {
        Transfer named = transfers.put(get(in.id()).named(in.name()));
        return new UpdateResponsibilityTransferResponse().responsibilityTransfer(told(named));
    }

    @Override
    public TerminateResponsibilityTransferResponse terminateResponsibilityTransfer(
            TerminateResponsibilityTransferRequest in) {
        Transfer transfer = get(in.id());
        String status = status(transfer);
        if (status.equals(ResponsibilityTransferStatus.WITHDRAWN)) {
            throw RESPONSIBILITY_TRANSFER_ALREADY_IN_STATUS_EXCEPTION.because(
                    "The responsibility transfer is already in the status that you specified.");
        }
        if (!status.equals(ResponsibilityTransferStatus.ACCEPTED)) {
            throw INVALID_RESPONSIBILITY_TRANSFER_TRANSITION_EXCEPTION.because(
                    "The responsibility transfer can't transition to the requested state because it's not in a valid"
                            + " state for this operation.");
        }
        Instant end = in.endTimestamp().orElseGet(() -> endOfMonth(tree.now()));
        if (!end.equals(endOfMonth(end))) {
            throw invalid(
                    InvalidInputExceptionReason.END_DATE_NOT_END_OF_MONTH,
                    "The end date must be the end of the last day of a month (23.59.59.999).");
        }
        if (end.isBefore(tree.now())) {
            throw invalid(InvalidInputExceptionReason.END_DATE_TOO_EARLY, "The end date must be in the future.");
        }
        return new TerminateResponsibilityTransferResponse()
                .responsibilityTransfer(told(transfers.put(transfer.ending(end))));
    }

    private static Instant endOfMonth(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .minusMillis(1);
    }

    @Override
    public ListInboundResponsibilityTransfersResponse listInboundResponsibilityTransfers(
            ListInboundResponsibilityTransfersRequest in) {
        Page<ResponsibilityTransfer> page = page(
                in,
                of(each -> each.target().equals(Call.current().account())
                        && in.id().filter(id -> !id.equals(each.key())).isEmpty()));
        if (in.id().isPresent() && page.items().isEmpty()) {
            throw missing();
        }
        return new ListInboundResponsibilityTransfersResponse()
                .responsibilityTransfers(page.items())
                .nextToken(page.next());
    }

    @Override
    public ListOutboundResponsibilityTransfersResponse listOutboundResponsibilityTransfers(
            ListOutboundResponsibilityTransfersRequest in) {
        Page<ResponsibilityTransfer> page =
                page(in, of(each -> each.source().equals(Call.current().account())));
        return new ListOutboundResponsibilityTransfersResponse()
                .responsibilityTransfers(page.items())
                .nextToken(page.next());
    }

    private Page<ResponsibilityTransfer> page(Struct in, List<Transfer> all) {
        tree.managed();
        return tree.page(in, all, Transfer::key).map(this::told);
    }
}

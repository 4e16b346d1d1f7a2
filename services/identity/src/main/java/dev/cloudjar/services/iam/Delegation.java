package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request of a partner for temporary access to somebody's account: what it offers, whose it has become, and
/// how far it is.
record Delegation(String key, Offer offer, Terms terms, Instant created, Holder holder, Step step)
        implements Row<String> {
    /// How long a request stays as it is before it expires, and where it may go from there.
    enum State {
        UNASSIGNED(1),
        ASSIGNED(7),
        PENDING_APPROVAL(7),
        ACCEPTED(7),
        FINALIZED(7),
        REJECTED(7),
        EXPIRED(0);

        private static final Map<State, Set<State>> FROM = Map.of(
                ASSIGNED, Set.of(UNASSIGNED),
                PENDING_APPROVAL, Set.of(ASSIGNED),
                ACCEPTED, Set.of(ASSIGNED, PENDING_APPROVAL),
                FINALIZED, Set.of(ACCEPTED),
                REJECTED, Set.of(ASSIGNED, PENDING_APPROVAL, ACCEPTED));

        private final int days;

        State(int days) {
            this.days = days;
        }

        boolean follows(State before) {
            return FROM.getOrDefault(this, Set.of()).contains(before);
        }
    }

    /// What the partner said when it asked.
    record Offer(
            String partner,
            String description,
            Optional<String> message,
            String workflow,
            Optional<String> redirect,
            String channel,
            int seconds,
            boolean ownerSends) {}

    /// The permissions that are asked for: the template, its parameters, and the policy that they make.
    record Terms(String template, List<Parameter> parameters, String policy) {}

    record Parameter(String name, List<String> values, String type) {}

    /// In which account the request is, who took it there, and who approved it.
    record Holder(Optional<String> account, Optional<String> owner, Optional<Approver> approver) {
        boolean isFor(String other) {
            return account.isEmpty() || account.get().equals(other);
        }
    }

    /// Who gives away a part of its permissions: as whom it called, and by which role or user it may.
    record Approver(String arn, String account, String userId, String issuer) {
        static Approver of(Principal who) {
            String issuer = who.session().isNone() ? who.arn() : who.session().issuer();
            return new Approver(who.arn(), who.account(), who.userId(), issuer);
        }
    }

    /// A state, since when, and what was said.
    record Step(State state, Instant since, Optional<String> notes, Optional<String> reason) {
        Step to(State next, Instant now) {
            return new Step(next, now, notes, reason);
        }
    }

    Instant expires() {
        return step.state() == State.EXPIRED ? step.since() : step.since().plus(Duration.ofDays(step.state().days));
    }

    State at(Instant now) {
        return now.isBefore(expires()) ? step.state() : State.EXPIRED;
    }

    /// Until when its token can be exchanged, and what it is exchanged for is good.
    Instant ends() {
        return step.since().plusSeconds(offer.seconds());
    }

    Delegation moved(Holder now, Step next) {
        return new Delegation(key, offer, terms, created, now, next);
    }
}

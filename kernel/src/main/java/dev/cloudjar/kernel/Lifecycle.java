package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The states of a resource and the moves between them, as AWS documents them. A status is a function of the
/// last move and of now: nothing wakes up to make a resource available.
///
/// Under `--realistic-delays` a move that happens by itself takes the time given here. Otherwise the call that
/// moved the resource sees the transitional state, and every later call the final one.
public final class Lifecycle<S extends Enum<S>> {
    private record Move<S>(S to, Duration after) {}

    private final Map<S, Move<S>> byThemselves;
    private final Map<S, Set<S>> allowed;
    private final Class<S> states;

    private Lifecycle(Class<S> states, Map<S, Move<S>> byThemselves, Map<S, Set<S>> allowed) {
        this.states = states;
        this.byThemselves = byThemselves;
        this.allowed = allowed;
    }

    /// A life cycle without any moves yet.
    public static <S extends Enum<S>> Lifecycle<S> of(Class<S> states) {
        return new Lifecycle<>(states, new EnumMap<>(states), new EnumMap<>(states));
    }

    /// The same in which `from` becomes `to` by itself after a while.
    public Lifecycle<S> eventually(S from, S to, Duration after) {
        Lifecycle<S> copy = copy();
        copy.byThemselves.put(from, new Move<>(to, after));
        return copy;
    }

    /// The same in which a call may move a resource from `from` to `to`.
    public Lifecycle<S> allow(S from, S to) {
        Lifecycle<S> copy = copy();
        copy.allowed.merge(from, EnumSet.of(to), (old, added) -> {
            EnumSet<S> both = EnumSet.copyOf(old);
            both.addAll(added);
            return both;
        });
        return copy;
    }

    private Lifecycle<S> copy() {
        Lifecycle<S> copy = of(states);
        copy.byThemselves.putAll(byThemselves);
        copy.allowed.putAll(allowed);
        return copy;
    }

    /// The first phase of a resource that is made in this call.
    public Phase<S> begin(S status, Moment moment) {
        return new Phase<>(status, moment.now(), moment.realistic() ? "" : moment.call());
    }

    /// The status at a moment, all moves that have happened by themselves since included.
    public S at(Phase<S> phase, Moment moment) {
        boolean sameCall = phase.by().equals(moment.call());
        S status = phase.status();
        Instant since = phase.since();
        @Nullable Move<S> next = byThemselves.get(status);
        while (next != null && !sameCall) {
            since = since.plus(phase.by().isEmpty() ? next.after() : Duration.ZERO);
            if (since.isAfter(moment.now()) && phase.by().isEmpty()) {
                return status;
            }
            status = next.to();
            next = byThemselves.get(status);
        }
        return status;
    }

    /// The phase of a resource that this call moves to another status; `refused` makes AWS's error, from the
    /// status in which that cannot be.
    public Phase<S> move(Phase<S> phase, S to, Moment moment, Function<S, AwsError> refused) {
        S now = at(phase, moment);
        if (!allowed.getOrDefault(now, Set.of()).contains(to)) {
            throw refused.apply(now);
        }
        return begin(to, moment);
    }

    /// When a resource that is left alone gets to `status`: the end of one that is being deleted. Nothing where
    /// it never does.
    public Optional<Instant> reaches(S status, Phase<S> phase) {
        S reached = phase.status();
        Instant since = phase.since();
        @Nullable Move<S> next = byThemselves.get(reached);
        while (reached != status && next != null) {
            since = since.plus(phase.by().isEmpty() ? next.after() : Duration.ZERO);
            reached = next.to();
            next = byThemselves.get(reached);
        }
        return reached == status ? Optional.of(since) : Optional.empty();
    }
}

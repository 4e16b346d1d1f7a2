package dev.cloudjar.services.sqs;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.sqs.Due.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The messages of all queues and the index over them: which may be received when, in which order.
///
/// In a standard queue each message stands by itself, or takes turns with those of other groups. In a FIFO queue
/// the groups stand in the index, each for the first of its line, and a group with messages in flight is blocked.
/// What a call costs depends on the messages it touches, never on those that wait.
final class Backlog {
    /// The most messages that a receive returns, and so the most of one FIFO group in flight.
    static final int MOST_RECEIVED = 10;

    private static final Duration TICK = Duration.ofMillis(1);

    private final Kernel kernel;
    private final Table<SentMessage.Key, SentMessage> messages;
    private final Table<SentMessage.Key, Flight> flights;
    private final Table<Due.Key, Due> dues;
    private final Table<Line.Key, Line> lines;
    private final Table<Group.Key, Group> groups;

    /// How many messages a queue has of each sort.
    record Count(long visible, long inFlight, long delayed) {}

    /// A lane from which a queue is received, and by how much its rows lag behind their time.
    private record Source(Lane lane, Duration lag) {
        /// What is due now; a message that was due before any that is still kept has outlived its time.
        Span due(Queue queue, Instant now) {
            boolean alone = lane == Lane.WAITING || lane == Lane.TAKEN;
            Span due = Span.under(queue.lot(), lane).until(now.minus(lag).plus(TICK));
            return alone ? due.from(queue.keepsFrom(now)) : due;
        }

        Span after(Lot lot, Instant now) {
            return Span.under(lot, lane).from(now.minus(lag).plus(TICK));
        }
    }

    Backlog(Kernel kernel) {
        this.kernel = kernel;
        this.messages = kernel.table(SentMessage.class);
        this.flights = kernel.table(Flight.class);
        this.dues = kernel.table(Due.class);
        this.lines = kernel.table(Line.class);
        this.groups = kernel.table(Group.class);
    }

    /// The world's time as SQS tells it: in milliseconds.
    Instant now() {
        return kernel.time().now().truncatedTo(ChronoUnit.MILLIS);
    }

    Table<Due.Key, Due> index() {
        return dues;
    }

    Optional<SentMessage> find(SentMessage.Key key) {
        return messages.find(key);
    }

    Optional<Flight> flight(SentMessage.Key key) {
        return flights.find(key);
    }

    void add(Queue queue, SentMessage message, Optional<Flight> flight) {
        messages.put(message);
        flight.ifPresent(flights::put);
        index(queue, message, flight);
        boolean lined = isInLine(queue, message, flight);
        if (lined && (flight.isPresent() || !groups.has(new Group.Key(queue.lot(), message.group())))) {
            regroup(queue, message.group());
        }
    }

    void remove(Queue queue, SentMessage message) {
        Optional<Flight> flight = flights.find(message.key());
        unindex(queue, message, flight);
        messages.remove(message.key());
        flight.ifPresent(f -> flights.remove(f.key()));
        if (isInLine(queue, message, flight)) {
            regroup(queue, message.group());
        }
    }

    /// Hides messages that [#ready] gave until their visibility timeout has passed, and counts the receive.
    List<Flight> take(Queue queue, List<SentMessage> ready, Duration visibility) {
        Instant now = now();
        var away = new ArrayList<Flight>();
        var changed = new LinkedHashSet<String>();
        for (SentMessage message : ready) {
            Optional<Flight> before = flights.find(message.key());
            away.add(change(queue, message, before, Flight.next(message.key(), before, now, visibility)));
            if (isInLine(queue, message, before)) {
                changed.add(message.group());
            }
        }
        changed.forEach(group -> regroup(queue, group));
        return away;
    }

    /// Hides a message that is in flight until another time.
    void hide(Queue queue, SentMessage message, Flight before, Flight until) {
        change(queue, message, Optional.of(before), until);
        if (isInLine(queue, message, Optional.of(until))) {
            regroup(queue, message.group());
        }
    }

    private Flight change(Queue queue, SentMessage message, Optional<Flight> before, Flight after) {
        unindex(queue, message, before);
        index(queue, message, Optional.of(after));
        return flights.put(after);
    }

    private void index(Queue queue, SentMessage message, Optional<Flight> flight) {
        own(queue, message, flight)
                .ifPresent(key -> dues.put(new Due(key, message.key().sent(), "")));
        if (isInLine(queue, message, flight)) {
            lines.put(Line.of(message));
        }
    }

    private void unindex(Queue queue, SentMessage message, Optional<Flight> flight) {
        own(queue, message, flight).ifPresent(dues::remove);
        if (isInLine(queue, message, flight)) {
            lines.remove(Line.of(message).key());
        }
    }

    /// The row that a message has in the index for itself.
    private static Optional<Due.Key> own(Queue queue, SentMessage message, Optional<Flight> flight) {
        Lot lot = queue.lot();
        long sequence = message.key().sequence();
        if (flight.isEmpty() && message.inLine(queue)) {
            return Optional.empty();
        }
        return Optional.of(flight.map(f -> new Due.Key(lot, Lane.TAKEN, f.visible(), sequence))
                .orElseGet(() -> new Due.Key(lot, Lane.WAITING, message.due(), sequence)));
    }

    /// A message leaves the line of a standard queue when it is first received, that of a FIFO queue when it is
    /// gone.
    private static boolean isInLine(Queue queue, SentMessage message, Optional<Flight> flight) {
        return message.inLine(queue) && (queue.isFifo() || flight.isEmpty());
    }

    /// Puts a group where it belongs in the index after its line, or what is in flight of it, has changed.
    private void regroup(Queue queue, String name) {
        var key = new Group.Key(queue.lot(), name);
        groups.find(key).ifPresent(group -> dues.remove(group.due()));
        List<Line> first = lines.rows(Span.under(queue.lot(), name))
                .limit(queue.isFifo() ? MOST_RECEIVED : 1)
                .toList();
        if (first.isEmpty()) {
            groups.remove(key);
            return;
        }
        Line head = first.getFirst();
        Optional<Instant> blocked = first.stream()
                .flatMap(line -> flights.find(line.message()).stream())
                .map(Flight::visible)
                .max(naturalOrder());
        Instant at = blocked.orElse(queue.isFifo() ? head.sent() : now());
        long turn = queue.isFifo() ? head.key().sequence() : kernel.ids().sequence();
        var due = new Due.Key(queue.lot(), blocked.isPresent() ? Lane.BLOCKED : Lane.GROUPS, at, turn);
        dues.put(new Due(due, head.sent(), name));
        groups.put(new Group(key, due));
    }

    /// Up to `most` messages that may be received now, in the order in which they should be.
    List<SentMessage> ready(Queue queue, int most) {
        Instant now = now();
        List<Due> first = sources(queue)
                .flatMap(s -> dues.rows(s.due(queue, now)).limit(most))
                .sorted(comparing((Due due) -> due.key().at())
                        .thenComparing(due -> due.key().turn()))
                .limit(most)
                .toList();
        Stream<SentMessage.Key> dealt = queue.isFifo()
                ? first.stream().flatMap(due -> line(queue, due, most, now))
                : turns(queue, first, most, now);
        return dealt.map(k -> messages.find(k).orElseThrow())
                .filter(message -> !message.outlived(queue, now))
                .limit(most)
                .toList();
    }

    private static Stream<Source> sources(Queue queue) {
        return queue.isFifo()
                ? Stream.of(
                        new Source(Lane.GROUPS, queue.seconds(Setting.DELAY)), new Source(Lane.BLOCKED, Duration.ZERO))
                : Stream.of(Lane.WAITING, Lane.TAKEN, Lane.GROUPS).map(lane -> new Source(lane, Duration.ZERO));
    }

    /// One message of each in turn, until there are enough: no group of a standard queue holds up the others.
    private Stream<SentMessage.Key> turns(Queue queue, List<Due> first, int most, Instant now) {
        int deep = first.size() < most ? most : 1;
        List<List<SentMessage.Key>> hands =
                first.stream().map(due -> line(queue, due, deep, now).toList()).toList();
        return IntStream.range(0, deep)
                .boxed()
                .flatMap(round ->
                        hands.stream().filter(hand -> hand.size() > round).map(hand -> hand.get(round)));
    }

    private Stream<SentMessage.Key> line(Queue queue, Due due, int most, Instant now) {
        if (due.group().isEmpty()) {
            return Stream.of(due.message());
        }
        Instant sentBy = queue.isFifo() ? now.minus(queue.seconds(Setting.DELAY)) : now;
        Instant kept = queue.keepsFrom(now);
        return lines.rows(Span.under(queue.lot(), due.group()))
                .dropWhile(line -> line.sent().isBefore(kept))
                .takeWhile(line -> !line.sent().isAfter(sentBy))
                .limit(most)
                .map(Line::message);
    }

    /// When time alone will next make a message receivable.
    Optional<Instant> next(Queue queue) {
        Instant now = now();
        return sources(queue)
                .flatMap(s -> dues.rows(s.after(queue.lot(), now))
                        .limit(1)
                        .map(due -> due.key().at().plus(s.lag())))
                .min(naturalOrder());
    }

    /// Counts without reading, but for what has outlived the retention period and has not been removed yet.
    Count count(Queue queue) {
        Lot lot = queue.lot();
        Instant now = now();
        Instant kept = queue.keepsFrom(now);
        List<SentMessage> old = messages.rows(Span.under(lot).until(kept)).toList();
        long all = messages.count(Span.under(lot).from(kept));
        long away = old.stream().filter(m -> isAway(m, now)).count();
        long later = old.stream().filter(m -> m.due().isAfter(now)).count();
        Instant undelayed = now.minus(queue.seconds(Setting.DELAY)).plus(TICK);
        long inFlight = inFlight(queue) - away;
        long delayed = queue.isFifo()
                ? messages.count(Span.under(lot).from(undelayed.isAfter(kept) ? undelayed : kept))
                : dues.count(new Source(Lane.WAITING, Duration.ZERO).after(lot, now)) - later;
        return new Count(all - inFlight - delayed, inFlight, delayed);
    }

    private boolean isAway(SentMessage message, Instant now) {
        return flights.find(message.key()).filter(f -> !f.isOver(now)).isPresent();
    }

    long inFlight(Queue queue) {
        return dues.count(new Source(Lane.TAKEN, Duration.ZERO).after(queue.lot(), now()));
    }

    /// Removes up to `most` messages that have outlived the retention period; false where more are left.
    boolean expire(Queue queue, int most) {
        List<SentMessage> old = messages.rows(Span.under(queue.lot()).until(queue.keepsFrom(now())))
                .limit(most)
                .toList();
        old.forEach(message -> remove(queue, message));
        return old.size() < most;
    }
}

package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What is to happen when the world's clock gets there: durable, in order, each in one transaction with its
/// removal.
///
/// A task that fails is tried again, later each time; it holds up nobody else.
public final class Agenda implements AutoCloseable {
    /// A task: when, whose, and about what. `attempts` have failed so far.
    record Task(Key key, String service, String name, String subject, Place place, int attempts)
            implements Row<Task.Key> {
        record Key(Instant at, long sequence) {}

        record Place(String account, String region) {}

        Task again(Instant at) {
            return new Task(new Key(at, key.sequence()), service, name, subject, place, attempts + 1);
        }
    }

    private static final Comparator<Task.Key> BY_TIME =
            Comparator.comparing(Task.Key::at).thenComparing(Task.Key::sequence);
    private static final int MOST_ATTEMPTS = 20;
    /// How long what another node is at work on is left to it, before it is looked at again.
    private static final Duration ELSEWHERE_DELAY = Duration.ofMillis(20);
    private static final Duration STORE_DELAY = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    private final World world;
    private final Table<Task.Key, Task> tasks;
    private final ReentrantLock firing = new ReentrantLock();
    private final Semaphore signal = new Semaphore(0);
    private final Thread runner;
    private volatile boolean closed;

    Agenda(World world) {
        this.world = world;
        this.tasks = new Table<>(world.transactions(), "kernel.agenda", Task.class, Scope.WORLD);
        this.runner = Thread.ofVirtual().name("agenda").unstarted(this::run);
    }

    void start() {
        world.time().register(signal);
        tasks.watch(signal::release);
        runner.start();
    }

    /// Has `service` do its task `name` about `subject` once it is `when`, in the account and region of this
    /// call.
    public void at(Instant when, String service, String name, String subject) {
        Call call = Call.current();
        var place = new Task.Place(call.account(), call.region());
        var key = new Task.Key(when, world.ids().sequence());
        tasks.put(new Task(key, service, name, subject, place, 0));
    }

    private void run() {
        boolean told = false;
        while (!closed && !told) {
            signal.drainPermits();
            told = !fireAndWait();
        }
    }

    /// Fires what is due and waits for what comes next; where the store refuses even to put a task off, a while.
    private boolean fireAndWait() {
        try {
            world.background(this::fireDue);
            Instant next = world.background(this::next).orElse(Instant.MAX);
            return next.isAfter(world.time().now())
                    ? world.time().pause(signal, next)
                    : world.time().rest(signal, ELSEWHERE_DELAY);
        } catch (StoreException refused) {
            world.settings().log().accept("the agenda waits for the store: " + refused.getMessage());
            return world.time().rest(signal, STORE_DELAY);
        }
    }

    private Optional<Instant> next() {
        return first().map(task -> task.key().at());
    }

    private Optional<Task> first() {
        return world.transactions().run(() -> tasks.rows(Span.ALL).findFirst());
    }

    private boolean fireDue() {
        return fireUntil(world.time().now(), _ -> {});
    }

    /// Fires all tasks up to `end`, in order, telling `clock` the time of each before it is fired.
    boolean fireUntil(Instant end, Consumer<Instant> clock) {
        firing.lock();
        try {
            Optional<Task> due = due(end);
            while (due.isPresent() && !closed) {
                Task task = due.get();
                clock.accept(task.key().at());
                due = fire(task) ? due(end) : after(task, end);
            }
            return true;
        } finally {
            firing.unlock();
        }
    }

    private Optional<Task> due(Instant end) {
        return first().filter(task -> !task.key().at().isAfter(end));
    }

    /// The next one that is due where another node is at work on `task`.
    private Optional<Task> after(Task task, Instant end) {
        return world.transactions()
                .run(() -> tasks.rows(Span.ALL.from(task.key().at()))
                        .dropWhile(each -> BY_TIME.compare(each.key(), task.key()) <= 0)
                        .findFirst())
                .filter(each -> !each.key().at().isAfter(end));
    }

    /// Fires `task`, unless it is gone or another node is at it; false then.
    private boolean fire(Task task) {
        Call call =
                world.call(task.service(), task.place().account(), task.place().region());
        try {
            return call.run(() -> world.transactions().run(() -> {
                boolean mine = tasks.claim(task.key()) && tasks.remove(task.key());
                if (mine) {
                    world.handler(task.service(), task.name()).accept(task.subject());
                }
                return mine;
            }));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            world.settings().log().accept(task.service() + " " + task.name() + " failed: " + failure);
            return call.run(() -> world.transactions().run(() -> postpone(task)));
        }
    }

    private boolean postpone(Task task) {
        boolean there = tasks.remove(task.key());
        if (there && task.attempts() < MOST_ATTEMPTS) {
            Duration delay = Duration.ofSeconds(1L << Math.min(task.attempts(), 10));
            Duration bounded = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
            tasks.put(task.again(world.time().now().plus(bounded)));
        }
        return there;
    }

    /// The tasks not yet done, in order.
    List<Task> pending() {
        return world.transactions().run(() -> tasks.rows(Span.ALL).toList());
    }

    @Override
    public void close() {
        closed = true;
        signal.release();
        runner.interrupt();
        try {
            runner.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

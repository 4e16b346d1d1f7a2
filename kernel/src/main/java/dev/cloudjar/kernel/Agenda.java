package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Failures.Failure;
import dev.cloudjar.kernel.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What is to happen when the world's clock gets there: durable, in order, each in one transaction with its
/// removal; work that takes its time, outside one and then removed.
///
/// A task that fails is tried again, later each time, and in the end put among the failures. One that fails or
/// does not end holds up nobody else: the agenda waits for each a moment, and then goes on beside it.
public final class Agenda implements AutoCloseable {
    /// A task: when, whose, and about what. `attempts` have failed so far.
    record Task(Key key, String service, String name, String subject, Place place, int attempts)
            implements Row<Task.Key> {
        record Key(Instant at, long sequence) {}

        record Place(String account, String region) {}

        Task again(Instant at) {
            return new Task(new Key(at, key.sequence()), service, name, subject, place, attempts + 1);
        }

        /// What the task is about: of tasks about the same, one follows the other.
        String lane() {
            return service + '/' + name + '/' + subject;
        }
    }

    /// What a service does when a task falls due, and whether in the transaction that takes it off the agenda.
    record Handler(Consumer<String> work, boolean transactional) {}

    /// A task under way on a thread of its own. Who has waited long for it does not wait again.
    private static final class Run {
        private final FutureTask<Boolean> work;
        private final Thread thread;
        private volatile Duration waited = Duration.ZERO;

        Run(String lane, Callable<Boolean> work) {
            this.work = new FutureTask<>(work);
            this.thread = Thread.ofVirtual().name("agenda " + lane).unstarted(this.work);
        }

        /// Waits for the end as long as `patience`; false where it has not come.
        boolean ends(Duration patience) {
            try {
                work.get(patience.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException late) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException refused
                        ? refused
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /// How long a moved clock stands still for a task.
    static final Duration PATIENT = Duration.ofSeconds(10);

    private static final Duration BRIEF = Duration.ofMillis(100);
    private static final int MOST_ATTEMPTS = 20;
    /// How long what another node is at work on is left to it, before it is looked at again.
    private static final Duration ELSEWHERE_DELAY = Duration.ofMillis(20);
    private static final Duration STORE_DELAY = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final World world;
    private final Table<Task.Key, Task> tasks;
    /// What another node was at work on when this one last came to it, or what is gone.
    private final Set<Task.Key> elsewhere = ConcurrentHashMap.newKeySet();
    private final ReentrantLock firing = new ReentrantLock();
    private final Semaphore signal = new Semaphore(0);
    private final Thread runner;
    /// The tasks under way, by their lanes.
    private final ConcurrentHashMap<String, Run> underWay = new ConcurrentHashMap<>();

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
            world.background(() -> fireUntil(world.time().now(), _ -> {}, BRIEF));
            return elsewhere.isEmpty()
                    ? world.time().pause(signal, world.background(this::next).orElse(Instant.MAX))
                    : world.time().rest(signal, ELSEWHERE_DELAY);
        } catch (StoreException refused) {
            world.settings().log().accept("the agenda waits for the store: " + refused.getMessage());
            return world.time().rest(signal, STORE_DELAY);
        }
    }

    private Optional<Instant> next() {
        return first().map(task -> task.key().at());
    }

    /// The first task that is not behind one under way.
    private Optional<Task> first() {
        Set<String> taken = Set.copyOf(underWay.keySet());
        return world.transactions()
                .run(() -> tasks.rows(Span.ALL)
                        .filter(task -> taken.isEmpty() || !taken.contains(task.lane()))
                        .filter(task -> elsewhere.isEmpty() || !elsewhere.contains(task.key()))
                        .findFirst());
    }

    /// Fires all tasks up to `end`, in order, telling `clock` the time of each before it is fired, and waits
    /// for each as long as `patience`.
    boolean fireUntil(Instant end, Consumer<Instant> clock, Duration patience) {
        firing.lock();
        try {
            elsewhere.clear();
            underWay.values().forEach(run -> waitFor(run, patience));
            Optional<Task> due = due(end);
            while (due.isPresent() && !closed) {
                clock.accept(due.get().key().at());
                waitFor(start(due.get()), patience);
                due = due(end);
            }
            return true;
        } finally {
            firing.unlock();
        }
    }

    private Optional<Task> due(Instant end) {
        return first().filter(task -> !task.key().at().isAfter(end));
    }

    private Run start(Task task) {
        String lane = task.lane();
        var run = new Run(lane, () -> {
            try {
                fire(task);
            } finally {
                underWay.remove(lane);
                signal.release();
            }
            return true;
        });
        underWay.put(lane, run);
        run.thread.start();
        return run;
    }

    private void waitFor(Run run, Duration patience) {
        boolean known = run.waited.compareTo(patience) >= 0;
        if (!known && !run.ends(patience)) {
            run.waited = patience;
            world.settings().log().accept("goes on beside " + run.thread.getName());
        }
    }

    private void fire(Task task) {
        Call call =
                world.call(task.service(), task.place().account(), task.place().region());
        try {
            call.run(() -> done(task));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            world.settings().log().accept(task.service() + " " + task.name() + " failed: " + failure);
            call.run(() -> world.transactions().run(() -> postpone(task, failure)));
        }
    }

    private boolean done(Task task) {
        Handler handler = handler(task.service(), task.name());
        if (!handler.transactional()) {
            handler.work().accept(task.subject());
        }
        return world.transactions().run(() -> {
            boolean mine = tasks.claim(task.key()) && tasks.remove(task.key());
            if (!mine) {
                elsewhere.add(task.key());
            } else if (handler.transactional()) {
                handler.work().accept(task.subject());
            }
            return mine;
        });
    }

    private boolean postpone(Task task, Throwable failure) {
        boolean there = tasks.remove(task.key());
        Instant now = world.time().now();
        if (there && task.attempts() < MOST_ATTEMPTS) {
            tasks.put(task.again(now.plus(Retry.delay(task.attempts()))));
        } else if (there) {
            world.failures().add(new Failure(task.lane(), String.valueOf(failure), "", task.attempts() + 1));
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
        underWay.values().forEach(run -> run.thread.interrupt());
        try {
            runner.join(CLOSING);
            for (Run run : underWay.values()) {
                run.thread.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What a service does when its task `task` falls due.
    private Handler handler(String service, String task) {
        if (service.equals(Deliveries.SERVICE)) {
            return switch (task) {
                case Deliveries.TASK -> new Handler(world.deliveries().task(), false);
                case Lots.TASK -> new Handler(world.lots().task(), true);
                case Expiry.TASK -> new Handler(world.expiry().task(), true);
                default -> throw new IllegalStateException("the kernel has no task " + task);
            };
        }
        Service owner = world.service(service).orElseThrow().service();
        Consumer<String> brief = owner.tasks().get(task);
        Consumer<String> lengthy = owner.longTasks().get(task);
        if (brief == null && lengthy == null) {
            throw new IllegalStateException(service + " has no task " + task);
        }
        return lengthy != null ? new Handler(lengthy, false) : new Handler(Objects.requireNonNull(brief), true);
    }
}

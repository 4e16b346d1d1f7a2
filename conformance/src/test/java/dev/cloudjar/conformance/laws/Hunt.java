package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hears all cases against a service that has one fault after another. Which cases come by which fault is found
/// out first, so that each fault is tried with those alone, until one fails.
public final class Hunt implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// What a stranger is asked ends at once or never holds.
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(1);
    /// With so many cases a fault is tried that all of a service comes by.
    private static final int STORIES = 40;

    private static final int OTHERS = 20;
    private static final long SEED = 8;
    /// So many cases may come out otherwise for no reason.
    private static final double UNSTEADY = 0.05;

    /// What code came by: faults at places where it was, and those of them that would have made a difference
    /// there, since something was kept out or refused.
    public record Passing(Set<Integer> reached, Set<Integer> felt) {}

    private final Supplier<RunningServer> servers;
    private final Subject subject;
    private final List<Case> cases;
    private final Set<Integer> reached = new HashSet<>();
    private final Map<Integer, List<Case>> passing = new HashMap<>();
    private final Set<Case> unsteady = new LinkedHashSet<>();
    private RunningServer server;
    private Court court;

    private Hunt(Subject subject, List<Case> cases, Supplier<RunningServer> servers) {
        this.subject = subject;
        this.cases = cases;
        this.servers = servers;
        this.server = servers.get();
        this.court = new Court(subject, subject.protocol(), server.port(), server.world());
    }

    /// `sound` has the service as it is, each of `servers` the one with faults.
    public static Hunt of(String service, RunningServer sound, Supplier<RunningServer> servers) {
        try (Court court = Court.of(sound, service)) {
            Survey survey = Survey.of(court);
            return new Hunt(survey.subject(), Law.all(survey).toList(), servers);
        }
    }

    /// Which of some cases hold of what nobody here can look into.
    public record Held(int tried, List<String> holding) {}

    /// Has at most `most` of all cases, chosen by lot, hold of whatever answers at `port`.
    public Held holding(int port, int most) {
        var some = new ArrayList<>(cases);
        Collections.shuffle(some, new Random(SEED));
        List<Case> tried = some.subList(0, Math.min(most, some.size()));
        try (Court stranger = new Court(subject, subject.protocol(), port, Optional.empty())) {
            return new Held(
                    tried.size(),
                    tried.stream()
                            .filter(one ->
                                    failure(one, stranger, LITTLE_PATIENCE).isEmpty())
                            .map(one -> one.law() + ": " + one)
                            .toList());
        }
    }

    /// Whether the lines about the service say that no law can see what happens there.
    public boolean isExcused(String method) {
        return subject.hints().mutants().containsKey(method);
    }

    /// Whether a case comes by the fault.
    public boolean reaches(int fault) {
        return reached.contains(fault);
    }

    /// How many cases would notice the fault at its own place.
    public int felt(int fault) {
        return passing.getOrDefault(fault, List.of()).size();
    }

    /// The cases that came out otherwise for no reason.
    public String unsteady() {
        return unsteady.toString();
    }

    public int cases() {
        return cases.size();
    }

    /// Hears every case without a fault; `passed` tells at which faults code came by. Only a case that feels a
    /// fault can see it. Stories tell the most, and of them those that come by the least take the shortest time.
    public void rehearse(Supplier<Passing> passed) {
        Map<Case, Integer> wide = new HashMap<>();
        var _ = passed.get(); // What another hunt came by is no news.
        for (Case one : cases) {
            Optional<Throwable> failure = failure(one);
            Passing by = passed.get();
            if (failure.isPresent()) {
                leaveOut(one, failure.get());
                continue;
            }
            wide.put(one, by.reached().size());
            reached.addAll(by.reached());
            by.felt()
                    .forEach(fault -> passing.computeIfAbsent(fault, f -> new ArrayList<>())
                            .add(one));
        }
        passing.replaceAll((fault, all) -> narrowest(all, wide));
    }

    /// A case that fails without a fault proves nothing.
    private void leaveOut(Case one, Throwable failure) {
        unsteady.add(one);
        if (unsteady.size() > UNSTEADY * cases.size()) {
            throw new AssertionError("without a fault these fail: " + unsteady, failure);
        }
    }

    private static List<Case> narrowest(List<Case> all, Map<Case, Integer> wide) {
        List<Case> sorted = all.stream()
                .sorted(Comparator.comparing(one -> wide.getOrDefault(one, 0)))
                .toList();
        return Stream.concat(
                        sorted.stream().filter(Hunt::isStory).limit(STORIES),
                        sorted.stream().filter(one -> !isStory(one)).limit(OTHERS))
                .toList();
    }

    private static boolean isStory(Case one) {
        return one.law().endsWith("repeat") || one.law().endsWith("repeats");
    }

    /// The case that fails once `arm` has put the fault in, if any does.
    public Optional<String> kill(int fault, IntConsumer arm, Runnable disarm) {
        for (Case one : passing.getOrDefault(fault, List.of())) {
            if (!unsteady.contains(one) && seen(one, fault, arm, disarm) && isSteady(one)) {
                return Optional.of(one.law() + ": " + one);
            }
        }
        return Optional.empty();
    }

    private boolean seen(Case one, int fault, IntConsumer arm, Runnable disarm) {
        arm.accept(fault);
        try {
            return failure(one).isPresent();
        } finally {
            disarm.run();
        }
    }

    /// Whether the case holds without the fault, if need be where the fault has left nothing.
    private boolean isSteady(Case one) {
        if (failure(one).isEmpty()) {
            return true;
        }
        replace();
        Optional<Throwable> failure = failure(one);
        failure.ifPresent(why -> leaveOut(one, why));
        return failure.isEmpty();
    }

    /// Why the case fails; that it does not end is a failure, after which there is another server.
    private Optional<Throwable> failure(Case one) {
        return failure(one, court, PATIENCE);
    }

    private Optional<Throwable> failure(Case one, Court here, Duration patience) {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread hearing = Thread.ofVirtual().unstarted(() -> one.hear(here));
        hearing.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        hearing.start();
        try {
            if (!hearing.join(patience)) {
                hearing.interrupt();
                replace();
                return Optional.of(new AssertionError(one + " does not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(failure.get());
    }

    /// What works in the background of the old one would pass by faults that are counted for the new.
    private void replace() {
        court.close();
        server.close();
        server = servers.get();
        court = new Court(subject, subject.protocol(), server.port(), server.world());
    }

    @Override
    public void close() {
        court.close();
        server.close();
    }
}

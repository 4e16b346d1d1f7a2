package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /// With so many cases a fault is tried that all of a service comes by.
    private static final int STORIES = 40;

    private static final int OTHERS = 20;

    private final Supplier<RunningServer> servers;
    private final Subject subject;
    private final List<Case> cases;
    private final Map<Integer, List<Case>> passing = new HashMap<>();
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

    /// How many of all cases hold of whatever answers at `port`, in which nobody here can look.
    public long holding(int port) {
        try (Court stranger = new Court(subject, subject.protocol(), port, Optional.empty())) {
            return cases.stream()
                    .filter(one -> failure(one, stranger).isEmpty())
                    .count();
        }
    }

    /// Whether the lines about the service say that no law can see what happens there.
    public boolean isExcused(String method) {
        return subject.hints().mutants().containsKey(method);
    }

    /// Whether a case comes by the fault.
    public boolean reaches(int fault) {
        return passing.containsKey(fault);
    }

    public int cases() {
        return cases.size();
    }

    /// Hears every case without a fault; `passed` tells at which faults code came by. Stories tell the most,
    /// and of them those that come by the least take the shortest time.
    public void rehearse(Supplier<Set<Integer>> passed) {
        Map<Case, Integer> wide = new HashMap<>();
        for (Case one : cases) {
            failure(one).ifPresent(failure -> {
                throw new AssertionError(one + " fails without a fault", failure);
            });
            Set<Integer> faults = passed.get();
            wide.put(one, faults.size());
            faults.forEach(fault ->
                    passing.computeIfAbsent(fault, f -> new ArrayList<>()).add(one));
        }
        passing.replaceAll((fault, all) -> narrowest(all, wide));
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
        return one.law().equals("history repeats");
    }

    /// The case that fails once `arm` has put the fault in, if any does.
    public Optional<String> kill(int fault, IntConsumer arm, Runnable disarm) {
        for (Case one : passing.getOrDefault(fault, List.of())) {
            arm.accept(fault);
            Optional<Throwable> failure;
            try {
                failure = failure(one);
            } finally {
                disarm.run();
            }
            if (failure.isPresent()) {
                return Optional.of(one.law() + ": " + one);
            }
        }
        return Optional.empty();
    }

    /// Why the case fails; that it does not end is a failure, after which there is another server.
    private Optional<Throwable> failure(Case one) {
        return failure(one, court);
    }

    private Optional<Throwable> failure(Case one, Court here) {
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread hearing = Thread.ofVirtual().unstarted(() -> one.hear(here));
        hearing.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        hearing.start();
        try {
            if (!hearing.join(PATIENCE)) {
                hearing.interrupt();
                replace();
                return Optional.of(new AssertionError(one + " does not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(failure.get());
    }

    private void replace() {
        server = servers.get();
        court = new Court(subject, subject.protocol(), server.port(), server.world());
    }

    @Override
    public void close() {
        court.close();
        server.close();
    }
}

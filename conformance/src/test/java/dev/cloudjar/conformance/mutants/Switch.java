package dev.cloudjar.conformance.mutants;

import dev.cloudjar.conformance.laws.Hunt;
import dev.cloudjar.kernel.Paging;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Which one of all the faults in a [MutantLoader]'s classes is there now, and at which of them code came by. The
/// classes ask here, which is why it is static.
public final class Switch {
    private static final AtomicInteger ACTIVE = new AtomicInteger(-1);
    private static final Set<Integer> PASSED = ConcurrentHashMap.newKeySet();
    private static final Set<Integer> FELT = ConcurrentHashMap.newKeySet();

    private Switch() {}

    /// No fault is there.
    static void off() {
        ACTIVE.set(-1);
    }

    static void only(int mutant) {
        ACTIVE.set(mutant);
    }

    /// The faults that code came by since this was last asked.
    static Hunt.Passing passed() {
        var passed = new Hunt.Passing(Set.copyOf(PASSED), Set.copyOf(FELT));
        PASSED.clear();
        FELT.clear();
        return passed;
    }

    /// Whether the fault `mutant` is there.
    public static boolean on(int mutant) {
        int active = ACTIVE.get();
        if (active < 0) {
            PASSED.add(mutant);
        }
        return active == mutant;
    }

    /// The same where the fault makes a difference wherever it is.
    public static boolean does(int mutant) {
        feel(mutant);
        return on(mutant);
    }

    /// With the fault `mutant`, something else would come now.
    public static void feel(int mutant) {
        if (ACTIVE.get() < 0) {
            FELT.add(mutant);
        }
    }

    /// `keep`, or what keeps everything.
    public static <T> Predicate<T> keeping(Predicate<T> keep, int mutant) {
        if (on(mutant)) {
            return anything -> true;
        }
        return one -> {
            boolean kept = keep.test(one);
            if (!kept) {
                feel(mutant);
            }
            return kept;
        };
    }

    public static long more(long limit, int mutant) {
        return does(mutant) ? limit + 1 : limit;
    }

    /// A page that is longer by one than was asked for.
    public static Paging more(Paging paging, int mutant) {
        return does(mutant) ? new Paging(paging.limit() + 1, paging.token(), paging.badToken()) : paging;
    }

    /// Somebody else's account, or another region.
    public static String other(String own, int mutant) {
        return does(mutant) ? own.length() == 12 ? "999999999999" : "eu-north-1" : own;
    }
}

package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Reads;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Answers that were worked out from rows, by what was asked. One is good as long as every row that was read
/// for it is as it was, which costs less to find out than to read them. Over a store that several nodes share
/// nothing is kept.
public final class Recollections<Q, A> {
    private static final int MOST = 4096;

    /// An answer, which secrets the world had, and what was read.
    private record Known<A>(A answer, Object secrets, Reads reads) {}

    private final World world;
    private final Map<Q, Known<A>> known = new ConcurrentHashMap<>();

    public Recollections(World world) {
        this.world = world;
    }

    /// The answer as the last transaction left it; nothing where that has to be worked out.
    public Optional<A> recall(Q question) {
        return Optional.ofNullable(known.get(question)).filter(this::holds).map(Known::answer);
    }

    private boolean holds(Known<A> found) {
        return found.secrets() == world.tokens().edition() && world.store().holds(found.reads());
    }

    /// Works out an answer in the current transaction, and keeps it if it is one that `keeps` wants. It must
    /// depend on `question`, on rows and on the world's secrets alone.
    public A learn(Q question, Supplier<A> work, Predicate<A> keeps) {
        Object secrets = world.tokens().edition();
        A answer = work.get();
        if (keeps.test(answer)) {
            world.transactions().current().reads().ifPresent(reads -> {
                if (known.size() >= MOST) {
                    known.clear();
                }
                known.put(question, new Known<>(answer, secrets, reads));
            });
        }
        return answer;
    }
}

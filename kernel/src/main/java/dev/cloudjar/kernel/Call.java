package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is calling, where, and what: bound once by the pipeline, readable anywhere beneath it. The only ambient
/// state.
///
/// Account and region are those of the resource the call is about; the principal may belong to another account.
public final class Call {
    private static final ScopedValue<Call> CURRENT = ScopedValue.newInstance();

    private final Principal principal;
    private final String account;
    private final String region;
    private final Asked asked;
    private final @Nullable Work work;

    /// What the wire found out about the request.
    private record Asked(Request request, Values facts) {}

    /// What was asked: `endpoint` is scheme and authority as the client wrote them (`http://localhost:4566`).
    public record Request(String service, String operation, String id, Instant at, String endpoint) {}

    /// One try of a transaction, what is to be metered if it is the one that commits, and the row descriptions
    /// that it wrote or found.
    record Work(Tx tx, List<Runnable> afterwards, Set<Integer> described) {}

    private Call(Call like, String account, String region, @Nullable Work work) {
        this(like.principal, account, region, like.asked, work);
    }

    private Call(Principal principal, String account, String region, Asked asked, @Nullable Work work) {
        this.principal = principal;
        this.account = account;
        this.region = region;
        this.asked = asked;
        this.work = work;
    }

    public static Call of(Principal principal, String account, String region, Request request) {
        return new Call(principal, account, region, new Asked(request, Values.NONE), null);
    }

    public static Call current() {
        return CURRENT.get();
    }

    /// Whether there is a call at work, and it has a transaction.
    public static boolean isTransacting() {
        return CURRENT.isBound() && CURRENT.get().work != null;
    }

    public Principal principal() {
        return principal;
    }

    public String account() {
        return account;
    }

    public String region() {
        return region;
    }

    public Request request() {
        return asked.request();
    }

    /// Condition keys that the wire knows of the request, such as `aws:sourceip`.
    public Values facts() {
        return asked.facts();
    }

    /// The same call with these condition keys known.
    public Call knowing(Values known) {
        return new Call(principal, account, region, new Asked(asked.request(), known), work);
    }

    /// The same call by somebody else, such as whom an identity provider vouches for.
    public Call as(Principal other) {
        return new Call(other, account, region, asked, work);
    }

    /// The same call in another account.
    public Call in(String otherAccount) {
        return in(otherAccount, region);
    }

    /// The same call in another account and region, where the resource it is about lives.
    public Call in(String otherAccount, String otherRegion) {
        return account.equals(otherAccount) && region.equals(otherRegion)
                ? this
                : new Call(this, otherAccount, otherRegion, work);
    }

    public <R> R run(ScopedValue.CallableOp<? extends R, RuntimeException> work) {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /// This call in a transaction.
    Call within(Work transaction) {
        return new Call(this, account, region, transaction);
    }

    /// This call as part of the other's transaction.
    Call inherit(Call other) {
        return new Call(this, account, region, other.work);
    }

    /// Notes that the description `fingerprint` is kept once this transaction is.
    void described(int fingerprint) {
        if (work != null) {
            work.described().add(fingerprint);
        }
    }

    Optional<Tx> tx() {
        return work().map(Work::tx);
    }

    Optional<Work> work() {
        return Optional.ofNullable(work);
    }
}

package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Tx;
import java.time.Instant;
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
    private final Request request;
    private final @Nullable Tx tx;
    private final Set<Integer> seen;

    /// What was asked: `endpoint` is scheme and authority as the client wrote them (`http://localhost:4566`).
    public record Request(String service, String operation, String id, Instant at, String endpoint) {}

    private Call(
            Principal principal, String account, String region, Request request, @Nullable Tx tx, Set<Integer> seen) {
        this.principal = principal;
        this.account = account;
        this.region = region;
        this.request = request;
        this.tx = tx;
        this.seen = seen;
    }

    public static Call of(Principal principal, String account, String region, Request request) {
        return new Call(principal, account, region, request, null, Set.of());
    }

    public static Call current() {
        return CURRENT.get();
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
        return request;
    }

    /// The same call in another account and region, where the resource it is about lives.
    public Call in(String otherAccount, String otherRegion) {
        return account.equals(otherAccount) && region.equals(otherRegion)
                ? this
                : new Call(principal, otherAccount, otherRegion, request, tx, seen);
    }

    public <R> R run(ScopedValue.CallableOp<? extends R, RuntimeException> work) {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /// This call in a transaction, which notes in `seenInIt` the row descriptions that it knows to be kept.
    Call within(Tx transaction, Set<Integer> seenInIt) {
        return new Call(principal, account, region, request, transaction, seenInIt);
    }

    /// This call as part of the other's transaction.
    Call inherit(Call other) {
        return new Call(principal, account, region, request, other.tx, other.seen);
    }

    Set<Integer> seen() {
        return seen;
    }

    Optional<Tx> tx() {
        return Optional.ofNullable(tx);
    }
}

package dev.cloudjar.services.account;

import static dev.cloudjar.api.Account.ACCESS_DENIED_EXCEPTION;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.LimitBook;
import dev.cloudjar.kernel.policy.Limits;
import dev.cloudjar.model.Struct;
import java.util.function.Supplier;

/// Lets accounts manage themselves, and the management account of an organization its members.
final class Keeper {
    private final Table<String, Limits> places;

    Keeper(Kernel kernel) {
        this.places = kernel.kernelTable(LimitBook.TABLE, Limits.class);
    }

    /// Does `work` in the account that `in` names, or the caller's own.
    <R> R within(Struct in, Supplier<R> work) {
        return in.get("AccountId") instanceof String account ? within(account, work) : work.get();
    }

    /// Does `work` in `account`, a member whose organization the caller manages.
    <R> R within(String account, Supplier<R> work) {
        Call call = Call.current();
        boolean ours = places.find(account)
                .filter(limits -> limits.place().managementAccount().equals(call.account()))
                .filter(limits -> !limits.place().management())
                .isPresent();
        if (!ours) {
            throw ACCESS_DENIED_EXCEPTION.because(
                    "User: %s is not authorized to perform: account:%s (The management account can only be managed"
                            + " using the standalone context from the management account.)",
                    call.principal().arn(), call.request().operation());
        }
        return call.in(account).run(work::get);
    }
}

package dev.cloudjar.services.account;

import dev.cloudjar.api.Account;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;

/// The e-mails of the root users of members, which their management account changes with a code that is sent to
/// the new address. The code is to be read in the log of the cloud.
final class PrimaryEmails implements Account {
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final int CODE = 1_000_000;

    /// An address to which a code was sent.
    record Pending(String key, String email, String code, Instant until) implements Row<String> {}

    private final Kernel kernel;
    private final Keeper keeper;
    private final Table<String, Pending> pending;

    PrimaryEmails(Kernel kernel, Keeper keeper) {
        this.kernel = kernel;
        this.keeper = keeper;
        this.pending = kernel.table(Pending.class, Scope.WORLD);
    }

    private Memberships organizations() {
        return kernel.port(Memberships.class).orElseThrow(PrimaryEmails::missing);
    }

    private static AwsError missing() {
        return RESOURCE_NOT_FOUND_EXCEPTION.because("No primary email found for the account.");
    }

    @Override
    public GetPrimaryEmailResponse getPrimaryEmail(GetPrimaryEmailRequest in) {
        return keeper.within(
                in,
                () -> new GetPrimaryEmailResponse()
                        .primaryEmail(
                                organizations().email(Call.current().account()).orElseThrow(PrimaryEmails::missing)));
    }

    @Override
    public StartPrimaryEmailUpdateResponse startPrimaryEmailUpdate(StartPrimaryEmailUpdateRequest in) {
        return keeper.within(in, () -> {
            String account = Call.current().account();
            long chance = Long.parseLong(kernel.ids().hex("", 12), 16) % CODE;
            String digits = Long.toString(chance + CODE).substring(1);
            pending.put(new Pending(
                    account, in.primaryEmail(), digits, kernel.time().now().plus(GOOD_FOR)));
            kernel.log("The code for " + in.primaryEmail() + " as the primary email of account " + account + " is "
                    + digits + '.');
            return new StartPrimaryEmailUpdateResponse().status(PrimaryEmailUpdateStatus.PENDING);
        });
    }

    @Override
    public AcceptPrimaryEmailUpdateResponse acceptPrimaryEmailUpdate(AcceptPrimaryEmailUpdateRequest in) {
        return keeper.within(in, () -> {
            String account = Call.current().account();
            Pending asked = pending.find(account)
                    .filter(each -> each.email().equals(in.primaryEmail()))
                    .filter(each -> kernel.time().now().isBefore(each.until()))
                    .orElseThrow(() -> RESOURCE_NOT_FOUND_EXCEPTION.because(
                            "There is no pending update to this primary email for the account."));
            if (!asked.code().equals(in.otp())) {
                throw VALIDATION_EXCEPTION.because("The one-time password is not valid.");
            }
            if (!organizations().mailTo(account, asked.email())) {
                throw CONFLICT_EXCEPTION.because("The email address is already in use.");
            }
            pending.remove(account);
            return new AcceptPrimaryEmailUpdateResponse().status(PrimaryEmailUpdateStatus.ACCEPTED);
        });
    }

    /// No account of this world has a partner in GovCloud.
    @Override
    public GetGovCloudAccountInformationResponse getGovCloudAccountInformation(
            GetGovCloudAccountInformationRequest in) {
        String own = Call.current().account();
        String account = in.standardAccountId().orElse(own);
        AwsError none = RESOURCE_NOT_FOUND_EXCEPTION.because(
                "GovCloud Account ID not found for Standard Account - %s.", account);
        throw in.standardAccountId().isPresent() ? keeper.within(account, () -> none) : none;
    }
}

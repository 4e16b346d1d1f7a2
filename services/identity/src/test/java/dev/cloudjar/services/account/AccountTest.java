package dev.cloudjar.services.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Account;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.services.trial.Trial;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Contacts and regions of an account.
class AccountTest {
    private final Trial trial = Trial.of(new Service.Entry("account", AccountService::new));

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void anAlternateContactIsKeptUntilItIsDeleted() {
        var get = new Account.GetAlternateContactRequest().alternateContactType("BILLING");
        assertThat(Trial.refusal(() -> trial.call(get)))
                .isEqualTo("ResourceNotFoundException No contact of the inputted type found.");
        trial.call(new Account.PutAlternateContactRequest()
                .alternateContactType("BILLING")
                .name("Ada")
                .title("CFO")
                .emailAddress("ada@example.com")
                .phoneNumber("1"));
        Account.GetAlternateContactResponse told = trial.call(get);

        assertThat(told.alternateContact().orElseThrow().name()).contains("Ada");
        assertThat(told.alternateContact().orElseThrow().alternateContactType()).contains("BILLING");
        trial.call(new Account.DeleteAlternateContactRequest().alternateContactType("BILLING"));
        assertThat(Trial.refusal(() -> trial.call(get))).startsWith("ResourceNotFoundException");
    }

    @Test
    void aNewerRegionIsEnabledAndDisabled() {
        var status = new Account.GetRegionOptStatusRequest().regionName("eu-south-2");
        assertThat(trial.<Account.GetRegionOptStatusResponse>call(status).regionOptStatus())
                .contains("DISABLED");
        trial.call(new Account.EnableRegionRequest().regionName("eu-south-2"));

        assertThat(trial.<Account.GetRegionOptStatusResponse>call(status).regionOptStatus())
                .contains("ENABLED");
        assertThat(trial.<Account.ListRegionsResponse>call(
                                new Account.ListRegionsRequest().regionOptStatusContains(List.of("ENABLED")))
                        .regions())
                .hasSize(1);
        assertThat(Trial.refusal(() -> trial.call(new Account.DisableRegionRequest().regionName("us-east-1"))))
                .startsWith("ValidationException");
    }

    @Test
    void theContactInformationAndTheNameAreKept() {
        var owner = new Account.ContactInformation()
                .fullName("Ada")
                .addressLine1("1 Street")
                .city("London")
                .postalCode("1")
                .countryCode("GB")
                .phoneNumber("+1");
        trial.call(new Account.PutContactInformationRequest().contactInformation(owner));
        trial.call(new Account.PutAccountNameRequest().accountName("orders"));
        Account.GetContactInformationResponse told = trial.call(new Account.GetContactInformationRequest());
        Account.GetAccountInformationResponse account = trial.call(new Account.GetAccountInformationRequest());

        assertThat(told.contactInformation()).contains(owner);
        assertThat(account.accountName()).contains("orders");
        assertThat(Trial.refusal(() -> trial.call(new Account.GetContactInformationRequest().accountId(Trial.OTHER))))
                .startsWith("AccessDeniedException");
    }
}

package dev.cloudjar.services.account;

import dev.cloudjar.api.Account;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.time.Instant;

/// Whom to call about an account: its owner, and others for bills, operations and security.
final class Contacts implements Account {
    private static final String OWNER = "OWNER";
    private static final String NAME = "NAME";

    /// A contact as it was given, or the name of the account.
    record Contact(String key, String document, Instant at) implements Row<String> {}

    private final Kernel kernel;
    private final Keeper keeper;
    private final Table<String, Contact> contacts;

    Contacts(Kernel kernel, Keeper keeper) {
        this.kernel = kernel;
        this.keeper = keeper;
        this.contacts = kernel.table(Contact.class, Scope.ACCOUNT);
    }

    private Contact put(String key, String document) {
        return contacts.put(new Contact(key, document, kernel.time().now()));
    }

    private Contact get(String key) {
        return contacts.find(key).orElseThrow(Contacts::missing);
    }

    private static AwsError missing() {
        return RESOURCE_NOT_FOUND_EXCEPTION.because("No contact of the inputted type found.");
    }

    @Override
    public PutAlternateContactResponse putAlternateContact(PutAlternateContactRequest in) {
        return keeper.within(in, () -> {
            put(in.alternateContactType(), StructJson.write(AlternateContact.from(in)));
            return new PutAlternateContactResponse();
        });
    }

    @Override
    public GetAlternateContactResponse getAlternateContact(GetAlternateContactRequest in) {
        return keeper.within(in, () -> {
            String document = get(in.alternateContactType()).document();
            return new GetAlternateContactResponse()
                    .alternateContact(StructJson.read(document, new AlternateContact()));
        });
    }

    @Override
    public DeleteAlternateContactResponse deleteAlternateContact(DeleteAlternateContactRequest in) {
        return keeper.within(in, () -> {
            if (!contacts.remove(in.alternateContactType())) {
                throw missing();
            }
            return new DeleteAlternateContactResponse();
        });
    }

    @Override
    public PutContactInformationResponse putContactInformation(PutContactInformationRequest in) {
        return keeper.within(in, () -> {
            put(OWNER, StructJson.write(in.contactInformation()));
            return new PutContactInformationResponse();
        });
    }

    @Override
    public GetContactInformationResponse getContactInformation(GetContactInformationRequest in) {
        return keeper.within(in, () -> {
            String document = get(OWNER).document();
            return new GetContactInformationResponse()
                    .contactInformation(StructJson.read(document, new ContactInformation()));
        });
    }

    @Override
    public PutAccountNameResponse putAccountName(PutAccountNameRequest in) {
        return keeper.within(in, () -> {
            put(NAME, in.accountName());
            return new PutAccountNameResponse();
        });
    }

    @Override
    public GetAccountInformationResponse getAccountInformation(GetAccountInformationRequest in) {
        return keeper.within(in, () -> {
            String account = Call.current().account();
            return new GetAccountInformationResponse()
                    .accountId(account)
                    .accountName(contacts.find(NAME).map(Contact::document).orElse(account))
                    .accountCreatedDate(kernel.began(account))
                    .accountState(AccountState.ACTIVE);
        });
    }
}

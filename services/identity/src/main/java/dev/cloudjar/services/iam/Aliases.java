package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import java.util.List;
import java.util.Optional;

/// The alias of an account: one each, and no two the same in the whole world.
final class Aliases implements Iam {
    /// Whose an alias is.
    record Alias(String name, String account) implements Row<String> {
        @Override
        public String key() {
            return name;
        }
    }

    /// The alias of an account.
    record Own(String key, String name) implements Row<String> {}

    private static final String ONLY = "alias";

    private final Table<String, Alias> taken;
    private final Table<String, Own> own;
    private final Pages pages;

    Aliases(Kernel kernel) {
        this.taken = kernel.table(Alias.class, Scope.WORLD);
        this.own = kernel.table(Own.class, Scope.ACCOUNT);
        this.pages = new Pages(kernel);
    }

    Optional<String> alias() {
        return own.find(ONLY).map(Own::name);
    }

    /// Another alias takes the place of the one there is.
    @Override
    public CreateAccountAliasResponse createAccountAlias(CreateAccountAliasRequest in) {
        String account = Call.current().account();
        boolean free = taken.find(in.accountAlias())
                .filter(alias -> !alias.account().equals(account))
                .isEmpty();
        if (!free) {
            throw Refusals.exists("The account alias " + in.accountAlias() + " already exists.");
        }
        alias().ifPresent(taken::remove);
        taken.put(new Alias(in.accountAlias(), account));
        own.put(new Own(ONLY, in.accountAlias()));
        return new CreateAccountAliasResponse();
    }

    @Override
    public ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest in) {
        var out = new ListAccountAliasesResponse();
        return out.accountAliases(pages.of(in, out, alias().map(List::of).orElse(List.of())));
    }

    @Override
    public DeleteAccountAliasResponse deleteAccountAlias(DeleteAccountAliasRequest in) {
        if (alias().filter(in.accountAlias()::equals).isEmpty()) {
            throw Refusals.missing("The account alias with name " + in.accountAlias() + " cannot be found.");
        }
        taken.remove(in.accountAlias());
        own.remove(ONLY);
        return new DeleteAccountAliasResponse();
    }
}

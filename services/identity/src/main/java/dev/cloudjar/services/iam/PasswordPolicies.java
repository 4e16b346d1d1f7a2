package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.Optional;
import java.util.function.IntPredicate;

/// What the account asks of passwords.
final class PasswordPolicies implements Iam {
    /// The account's rules; those of an account that has made none are IAM's own.
    record Rules(int length, Classes classes, boolean usersMayChange, int maxAge, int remembered, boolean hardExpiry)
            implements Row<String> {
        static final String KEY = "password";
        static final Rules DEFAULT = new Rules(8, Classes.NONE, false, 0, 0, false);

        @Override
        public String key() {
            return KEY;
        }
    }

    /// Which kinds of character a password must have.
    record Classes(boolean symbols, boolean numbers, boolean upper, boolean lower) {
        static final Classes NONE = new Classes(false, false, false, false);
    }

    private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

    private final Table<String, Rules> table;

    PasswordPolicies(Kernel kernel) {
        this.table = kernel.table(Rules.class, Scope.ACCOUNT);
    }

    private Rules rules() {
        return table.find(Rules.KEY).orElse(Rules.DEFAULT);
    }

    int remembered() {
        return rules().remembered();
    }

    /// After how many days a password expires, where it does.
    Optional<Integer> maxAge() {
        return given(rules().maxAge());
    }

    /// Whether users may change their own passwords without a policy that says so.
    boolean usersMayChange() {
        return table.find(Rules.KEY).map(Rules::usersMayChange).orElse(false);
    }

    void check(String password) {
        Rules rules = rules();
        require(password.length() >= rules.length(), "Password should have a minimum length of " + rules.length());
        Classes classes = rules.classes();
        require(!classes.symbols() || any(password, c -> SYMBOLS.indexOf(c) >= 0), need("symbol"));
        require(!classes.numbers() || any(password, Character::isDigit), need("number"));
        require(!classes.upper() || any(password, Character::isUpperCase), need("uppercase letter"));
        require(!classes.lower() || any(password, Character::isLowerCase), need("lowercase letter"));
    }

    private static String need(String what) {
        return "Password should have at least one " + what;
    }

    private static boolean any(String password, IntPredicate kind) {
        return password.chars().anyMatch(kind);
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw PASSWORD_POLICY_VIOLATION_EXCEPTION.because(message);
        }
    }

    /// Refuses a password that the user had lately.
    void checkNew(String password, String hash, String history) {
        if (rules().remembered() > 0) {
            for (String old : (hash + ' ' + history).strip().split(" ")) {
                require(!PasswordHash.matches(password, old), "Password has been used before");
            }
        }
    }

    @Override
    public UpdateAccountPasswordPolicyResponse updateAccountPasswordPolicy(UpdateAccountPasswordPolicyRequest in) {
        var classes = new Classes(
                in.requireSymbols().orElse(false),
                in.requireNumbers().orElse(false),
                in.requireUppercaseCharacters().orElse(false),
                in.requireLowercaseCharacters().orElse(false));
        table.put(new Rules(
                in.minimumPasswordLength().orElse(6),
                classes,
                in.allowUsersToChangePassword().orElse(false),
                in.maxPasswordAge().orElse(0),
                in.passwordReusePrevention().orElse(0),
                in.hardExpiry().orElse(false)));
        return new UpdateAccountPasswordPolicyResponse();
    }

    @Override
    public GetAccountPasswordPolicyResponse getAccountPasswordPolicy(GetAccountPasswordPolicyRequest in) {
        Rules rules = table.find(Rules.KEY).orElseThrow(PasswordPolicies::missing);
        Classes classes = rules.classes();
        return new GetAccountPasswordPolicyResponse()
                .passwordPolicy(new PasswordPolicy()
                        .minimumPasswordLength(rules.length())
                        .requireSymbols(classes.symbols())
                        .requireNumbers(classes.numbers())
                        .requireUppercaseCharacters(classes.upper())
                        .requireLowercaseCharacters(classes.lower())
                        .allowUsersToChangePassword(rules.usersMayChange())
                        .expirePasswords(rules.maxAge() > 0)
                        .maxPasswordAge(given(rules.maxAge()))
                        .passwordReusePrevention(given(rules.remembered()))
                        .hardExpiry(rules.hardExpiry()));
    }

    private static Optional<Integer> given(int number) {
        return number == 0 ? Optional.empty() : Optional.of(number);
    }

    private static AwsError missing() {
        return Refusals.missing(
                "The Password Policy with domain name " + Call.current().account() + " cannot be found.");
    }

    @Override
    public DeleteAccountPasswordPolicyResponse deleteAccountPasswordPolicy(DeleteAccountPasswordPolicyRequest in) {
        if (!table.remove(Rules.KEY)) {
            throw missing();
        }
        return new DeleteAccountPasswordPolicyResponse();
    }
}

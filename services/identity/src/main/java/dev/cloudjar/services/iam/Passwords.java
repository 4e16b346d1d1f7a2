package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.iam.Possession.Key;
import dev.cloudjar.services.iam.Possession.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Login profiles: the passwords of users, of which only a hash is kept.
final class Passwords implements Iam {
    private static final String ONLY = "login";
    private static final String HASH = "hash";
    private static final String RESET = "reset";
    private static final String CHANGED = "changed";

    private final Kernel kernel;
    private final Directory directory;
    private final Possessions possessions;
    private final PasswordPolicies rules;

    Passwords(Kernel kernel, Directory directory, Possessions possessions, PasswordPolicies rules) {
        this.kernel = kernel;
        this.directory = directory;
        this.possessions = possessions;
        this.rules = rules;
    }

    /// There is no console to sign in to, so no password has been used.
    Optional<Instant> lastUsed(Entity user) {
        return possessions
                .find(user.name().text(), Kind.LOGIN, ONLY)
                .map(login -> login.fact("used"))
                .filter(at -> !at.isEmpty())
                .map(Instant::parse);
    }

    private String named(Optional<String> user) {
        return Caller.user(user)
                .orElseThrow(() ->
                        Refusals.VALIDATION.because("Must specify userName when calling with non-User credentials"));
    }

    private static LoginProfile view(Possession login) {
        return new LoginProfile()
                .userName(login.key().user())
                .createDate(login.created())
                .passwordResetRequired(login.fact(RESET).equals("true"));
    }

    @Override
    public CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest in) {
        String user = named(in.userName());
        directory.get(Sort.USER, user);
        if (possessions.find(user, Kind.LOGIN, ONLY).isPresent()) {
            throw Refusals.exists("Login Profile for user " + user + " already exists.");
        }
        String password = in.password().orElse("");
        rules.check(password);
        String hash = new PasswordHash(kernel.ids()).of(password);
        String reset = in.passwordResetRequired().orElse(false).toString();
        return new CreateLoginProfileResponse()
                .loginProfile(view(possessions.give(
                        user,
                        Kind.LOGIN,
                        ONLY,
                        Map.of(
                                HASH,
                                hash,
                                RESET,
                                reset,
                                CHANGED,
                                Moment.now(kernel).toString()))));
    }

    private Possession get(String user) {
        directory.get(Sort.USER, user);
        return possessions.find(user, Kind.LOGIN, ONLY).orElseThrow(() -> missing(user));
    }

    private static AwsError missing(String user) {
        return Refusals.missing("Login Profile for User " + user + " cannot be found.");
    }

    @Override
    public GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest in) {
        return new GetLoginProfileResponse().loginProfile(view(get(named(in.userName()))));
    }

    @Override
    public UpdateLoginProfileResponse updateLoginProfile(UpdateLoginProfileRequest in) {
        Possession login = get(in.userName());
        in.password().ifPresent(password -> change(login.key(), password));
        in.passwordResetRequired()
                .ifPresent(reset -> possessions.change(
                        login.key(), had -> had.with(RESET, reset.toString()), () -> missing(in.userName())));
        return new UpdateLoginProfileResponse();
    }

    private void change(Key key, String password) {
        rules.check(password);
        var hash = new PasswordHash(kernel.ids());
        possessions.change(
                key,
                had -> {
                    int kept = rules.remembered();
                    rules.checkNew(password, had.fact(HASH), had.fact("history"));
                    String history = (had.fact(HASH) + ' ' + had.fact("history")).strip();
                    return had.with("history", first(history, kept))
                            .with(HASH, hash.of(password))
                            .with(CHANGED, Moment.now(kernel).toString())
                            .with(RESET, "false");
                },
                () -> missing(key.user()));
    }

    private static String first(String words, int most) {
        return String.join(" ", Arrays.stream(words.split(" ")).limit(most).toList());
    }

    @Override
    public DeleteLoginProfileResponse deleteLoginProfile(DeleteLoginProfileRequest in) {
        String user = named(in.userName());
        possessions.take(new Key(user, Kind.LOGIN, ONLY), () -> missing(user));
        return new DeleteLoginProfileResponse();
    }

    @Override
    public ChangePasswordResponse changePassword(ChangePasswordRequest in) {
        String user = Caller.user(Optional.empty())
                .orElseThrow(() -> INVALID_USER_TYPE_EXCEPTION.because("Only IAM Users can change their own password"));
        Possession login = get(user);
        if (!PasswordHash.matches(in.oldPassword(), login.fact(HASH))) {
            throw Refusals.ACCESS_DENIED.because("The old password was incorrect.");
        }
        change(login.key(), in.newPassword());
        return new ChangePasswordResponse();
    }
}

package dev.cloudjar.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.KeyFile;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.wire.auth.CredentialRules;
import dev.cloudjar.wire.auth.SecretKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who may call without having been issued a key: anybody, or in a strict cloud whoever has the one key that it
/// begins with, which is root of its account. That key is given in the environment, or made once and kept in
/// the data directory, readable by its owner alone.
final class RootKey implements SecretKeys {
    private static final String ID = "CLOUDJAR_ROOT_ACCESS_KEY_ID";
    private static final String SECRET = "CLOUDJAR_ROOT_SECRET_ACCESS_KEY";

    private static final String FILE = "root-key";

    private record Pair(String id, String secret, boolean fresh) {}

    private final CredentialRules rules;
    private final Optional<Pair> key;

    private RootKey(CredentialRules rules, Optional<Pair> key) {
        this.rules = rules;
        this.key = key;
    }

    static RootKey find(Options options, Map<String, String> environment, Ids ids) throws IOException {
        boolean strict = options.flags().strict();
        var rules = new CredentialRules(options.identity().account(), strict);
        return new RootKey(rules, strict ? Optional.of(pair(options.data(), environment, ids)) : Optional.empty());
    }

    private static Pair pair(Optional<Path> data, Map<String, String> environment, Ids ids) throws IOException {
        String id = environment.get(ID);
        String secret = environment.get(SECRET);
        if (id != null && secret != null) {
            return new Pair(id, secret, false);
        }
        String madeId = "AKIA" + ids.hex("", 16).toUpperCase(Locale.ROOT);
        var made = new Pair(madeId, Base64.getEncoder().encodeToString(ids.bytes(30)), true);
        return data.isPresent() ? kept(data.get(), made) : made;
    }

    private static Pair kept(Path data, Pair made) throws IOException {
        String text = made.id + "\n" + made.secret + "\n";
        String there = new String(KeyFile.read(data, FILE, () -> text.getBytes(UTF_8)), UTF_8);
        List<String> lines = there.lines().toList();
        if (lines.size() != 2) {
            throw new IOException(data.resolve(FILE) + " does not have two lines, a key's id and its secret.");
        }
        return new Pair(lines.get(0), lines.get(1), there.equals(text));
    }

    CredentialRules rules() {
        return rules;
    }

    /// Shows a key that was just made: it is nowhere else to be seen but in its file.
    void announce(PrintStream out) {
        key.filter(Pair::fresh)
                .ifPresent(made -> out.println("Root access key of account " + rules.defaultAccount() + ": " + made.id()
                        + " " + made.secret()));
    }

    @Override
    public Optional<SecretKey> find(String accessKeyId) {
        return key.filter(pair -> pair.id().equals(accessKeyId)).map(pair -> SecretKey.of(pair.secret()));
    }

    Principal principal() {
        return Principal.root(rules.defaultAccount());
    }
}

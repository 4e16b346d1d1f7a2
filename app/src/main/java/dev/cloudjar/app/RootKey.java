package dev.cloudjar.app;

import dev.cloudjar.kernel.Ids;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.wire.Principals;
import dev.cloudjar.wire.auth.SecretKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The one key that a strict cloud begins with: root of its account. Given in the environment, or made once and kept in
/// the data directory, readable by its owner alone.
record RootKey(String id, String secret, String account, boolean fresh) implements SecretKeys, Principals {
    private static final String ID = "CLOUDJAR_ROOT_ACCESS_KEY_ID";
    private static final String SECRET = "CLOUDJAR_ROOT_SECRET_ACCESS_KEY";

    static RootKey find(Map<String, String> environment, Optional<Path> data, Ids ids, String account)
            throws IOException {
        String id = environment.get(ID);
        String secret = environment.get(SECRET);
        if (id != null && secret != null) {
            return new RootKey(id, secret, account, false);
        }
        Optional<Path> file = data.map(directory -> directory.resolve("root-key"));
        if (file.isPresent() && Files.exists(file.get())) {
            List<String> lines = Files.readAllLines(file.get());
            return new RootKey(lines.get(0), lines.get(1), account, false);
        }
        var made = new RootKey("AKIA" + ids.hex("", 16).toUpperCase(Locale.ROOT), secret(ids), account, true);
        if (file.isPresent()) {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file.get(), owner);
            Files.writeString(file.get(), made.id + "\n" + made.secret + "\n");
        }
        return made;
    }

    private static String secret(Ids ids) {
        return Base64.getEncoder().encodeToString(ids.bytes(30));
    }

    @Override
    public Optional<SecretKey> find(String accessKeyId) {
        return accessKeyId.equals(id) ? Optional.of(SecretKey.of(secret)) : Optional.empty();
    }

    @Override
    public Principal of(String accessKeyId) {
        return Principal.root(account);
    }

    @Override
    public String toString() {
        return "RootKey[" + id + "]";
    }
}

package dev.cloudjar.wire.tls;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A certificate authority for this machine alone, made once and kept in a directory that only its owner may read. It
/// vouches for the names that AWS clients know a local cloud by, and for any other name as soon as one asks for it.
/// Its clock must be the real one: clients judge certificates by theirs.
public final class LocalCa implements KeySource {
    /// A wildcard stands for one label (RFC 9525, section 6.3).
    private static final List<String> USUAL_NAMES = List.of(
            "localhost",
            "*.localhost",
            "*.s3.localhost",
            "localhost.localstack.cloud",
            "*.localhost.localstack.cloud",
            "*.s3.localhost.localstack.cloud",
            "127.0.0.1",
            "::1");

    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int MOST_NAMES = 1000;
    private static final int LONGEST_NAME = 253;

    private final Path directory;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Identity> issued = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
            return size() > MOST_NAMES;
        }
    };

    private final Identity authority;
    private @Nullable Issuer issuer;
    private Identity usual;

    private LocalCa(Path directory, InstantSource clock) throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.authority = keptAuthority();
        this.usual = keptUsual();
    }

    /// Reads the authority kept in `directory`, or makes one there.
    public static LocalCa open(Path directory, InstantSource clock) throws IOException {
        Files.createDirectories(directory, attributes(directory, "rwx------"));
        return new LocalCa(directory.toRealPath(), clock);
    }

    /// The certificate that clients must trust.
    public X509Certificate certificate() {
        return authority.chain().getFirst();
    }

    /// The same as text, for a client's trust store.
    public String certificatePem() {
        return Pem.write(certificate());
    }

    @Override
    public Identity identity(String serverName) throws IOException {
        String name = serverName.toLowerCase(Locale.ROOT);
        lock.lock();
        try {
            if (!isCurrent(usual)) {
                usual = keptUsual();
            }
            if (!isName(name) || isUsual(name)) {
                return usual;
            }
            Identity known = issued.get(name);
            if (known == null || !isCurrent(known)) {
                known = issue(name);
                issued.put(name, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /// All leaves share one key: a new name costs a signature, no more.
    private Identity issue(String name) throws IOException {
        PublicKey key = usual.chain().getFirst().getPublicKey();
        return issuer().leaf(authority, new KeyPair(key, usual.key()), List.of(name), clock.instant());
    }

    /// Whoever makes it first wins; everybody else reads what the winner made.
    private Identity keptAuthority() throws IOException {
        Path path = directory.resolve("ca.pem");
        if (!Files.exists(path)) {
            Path fresh = write(issuer().authority(clock.instant()));
            try {
                Files.createLink(path, fresh);
            } catch (FileAlreadyExistsException lost) {
                return read(path);
            } finally {
                Files.delete(fresh);
            }
        }
        return read(path);
    }

    private Identity keptUsual() throws IOException {
        Path path = directory.resolve("localhost.pem");
        if (Files.exists(path)) {
            Identity kept = read(path);
            if (isOurs(kept) && isCurrent(kept)) {
                return kept;
            }
        }
        Identity made = issuer().leaf(authority, issuer().newKey(), USUAL_NAMES, clock.instant());
        Files.move(write(made), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return made;
    }

    private static Identity read(Path path) throws IOException {
        try {
            return Pem.read(Files.readString(path));
        } catch (IOException malformed) {
            throw new IOException("Cannot read " + path + ": remove it to have it made anew", malformed);
        }
    }

    private Path write(Identity identity) throws IOException {
        Path fresh = Files.createTempFile(directory, "fresh", ".pem", attributes(directory, "rw-------"));
        return Files.writeString(fresh, Pem.write(identity));
    }

    private boolean isOurs(Identity leaf) {
        return leaf.chain().getLast().equals(certificate());
    }

    private boolean isCurrent(Identity leaf) {
        Instant renewal = leaf.chain().getFirst().getNotAfter().toInstant().minus(RENEWED_BEFORE);
        return clock.instant().isBefore(renewal);
    }

    /// Clients refuse a wildcard right below a top level such as `*.localhost`: what lies there gets its own.
    private static boolean isUsual(String name) {
        int dot = name.indexOf('.');
        boolean deep = dot > 0 && name.indexOf('.', dot + 1) > 0;
        return USUAL_NAMES.contains(name) || (deep && USUAL_NAMES.contains("*" + name.substring(dot)));
    }

    private static boolean isName(String name) {
        boolean sized = !name.isEmpty() && name.length() <= LONGEST_NAME;
        return sized && !name.startsWith(".") && !name.endsWith(".") && !isAddress(name) && isAscii(name);
    }

    /// Whether `name` is an IP address rather than a DNS name.
    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._".indexOf(c) >= 0);
    }

    private Issuer issuer() {
        Issuer made = issuer;
        if (made == null) {
            made = new Issuer();
            issuer = made;
        }
        return made;
    }

    private static FileAttribute<?>[] attributes(Path at, String permissions) {
        if (!at.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> parsed = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(parsed)};
    }
}

package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.iam.Possession.Key;
import dev.cloudjar.services.iam.Possession.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What users have, by kind and id.
final class Possessions {
    private final Kernel kernel;
    private final Directory directory;
    private final Table<Key, Possession> table;

    Possessions(Kernel kernel, Directory directory) {
        this.kernel = kernel;
        this.directory = directory;
        this.table = kernel.table(Possession.class, Scope.ACCOUNT);
    }

    /// Gives a user one more, within what a user may have.
    Possession give(String user, Kind kind, String id, Map<String, String> facts) {
        directory.get(Sort.USER, user);
        if (of(user, kind).size() >= kind.most()) {
            throw Refusals.overQuota(quota(kind), kind.most());
        }
        return table.put(new Possession(new Key(user, kind, id), Moment.now(kernel), true, facts));
    }

    private static String quota(Kind kind) {
        return switch (kind) {
            case LOGIN -> "LoginProfilesPerUser";
            case SSH_KEY -> "SSHPublicKeysPerUser";
            case CERTIFICATE -> "SigningCertificatesPerUser";
            case SERVICE_PASSWORD -> "ServiceSpecificCredentialsPerUser";
        };
    }

    Optional<Possession> find(String user, Kind kind, String id) {
        return table.find(new Key(user, kind, id));
    }

    List<Possession> of(String user, Kind kind) {
        return kernel.transact(() -> table.rows(Span.under(user, kind)).toList());
    }

    /// Those of a user who must exist.
    List<Possession> ofExisting(String user, Kind kind) {
        directory.get(Sort.USER, user);
        return of(user, kind);
    }

    List<Possession> all(Kind kind) {
        return kernel.transact(() ->
                table.rows(Span.ALL).filter(each -> each.key().kind() == kind).toList());
    }

    Possession change(Key key, UnaryOperator<Possession> change, Supplier<AwsError> missing) {
        directory.get(Sort.USER, key.user());
        return table.update(key, change).orElseThrow(missing);
    }

    void take(Key key, Supplier<AwsError> missing) {
        directory.get(Sort.USER, key.user());
        if (!table.remove(key)) {
            throw missing.get();
        }
    }

    void rename(String from, String to) {
        for (Kind kind : Kind.values()) {
            of(from, kind).forEach(each -> table.update(each.key(), had -> had.of(to)));
        }
    }
}

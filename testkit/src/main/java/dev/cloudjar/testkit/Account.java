package dev.cloudjar.testkit;

import java.util.Optional;

/// One account of a cloud, seen in one region: by its root user, or by whoever has assumed a role there.
public final class Account {
    private final String id;
    private final String region;
    private final Secret secret;
    private final Clients clients;

    Account(String id, String region, Clients clients) {
        this(id, region, Secret.ofRoot(id), clients);
    }

    Account(String id, String region, Secret secret, Clients clients) {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account is twelve digits, not '" + id + "'.");
        }
        this.id = id;
        this.region = region;
        this.secret = secret;
        this.clients = clients;
    }

    /// Twelve digits.
    public String id() {
        return id;
    }

    public String region() {
        return region;
    }

    /// The same account in another region.
    public Account in(String otherRegion) {
        return new Account(id, otherRegion, secret, clients);
    }

    /// An access key of the account's root user, or of the session of a role.
    public String accessKeyId() {
        return secret.accessKeyId();
    }

    public String secretAccessKey() {
        return secret.secretAccessKey();
    }

    /// The token of a session; the root user has none.
    public Optional<String> sessionToken() {
        return secret.token();
    }

    /// A client of the AWS SDK, such as `SqsClient` or `S3AsyncClient`, the same each time. It is closed with
    /// the cloud.
    public <C> C client(Class<C> type) {
        return clients.get(type, this);
    }

    /// `builder` of a client or presigner of the AWS SDK, pointed at the cloud and with this account's region and
    /// credentials, to be configured further.
    public <B> B configure(B builder) {
        clients.configure(builder, this);
        return builder;
    }
}

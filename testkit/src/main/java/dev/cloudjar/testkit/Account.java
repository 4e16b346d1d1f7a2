package dev.cloudjar.testkit;

/// One account of a cloud, seen in one region by its root user.
public final class Account {
    private final String id;
    private final String region;
    private final Clients clients;

    Account(String id, String region, Clients clients) {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account is twelve digits, not '" + id + "'.");
        }
        this.id = id;
        this.region = region;
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
        return new Account(id, otherRegion, clients);
    }

    /// An access key of the account's root user.
    public String accessKeyId() {
        return id;
    }

    public String secretAccessKey() {
        return "secret";
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

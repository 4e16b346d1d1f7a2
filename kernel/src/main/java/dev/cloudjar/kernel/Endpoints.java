package dev.cloudjar.kernel;

import java.util.Optional;

/// The VPC endpoints by which calls come in that do not come over the internet. The port of the network.
public interface Endpoints {
    /// An endpoint: its id, whose it is, the ARN of its VPC, and its policy.
    record Endpoint(String id, String account, Arn vpc, String policy) {}

    /// The endpoint that takes a caller at `address` to `service`, by its signing name; nothing for an address of
    /// no VPC, or of one without an endpoint for the service.
    Optional<Endpoint> between(String address, String service);

    /// The endpoint of that id.
    Optional<Endpoint> find(String id);
}

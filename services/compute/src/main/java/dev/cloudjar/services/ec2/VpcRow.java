package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Lifecycle;
import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Resource;
import java.time.Duration;

/// A VPC. `association` is the id of its block's association.
record VpcRow(String id, Cidr cidr, String association, String tenancy, boolean isDefault, Dns dns, Phase<Status> phase)
        implements Resource {
    static final Lifecycle<Status> LIFE =
            Lifecycle.of(Status.class).eventually(Status.pending, Status.available, Duration.ofSeconds(1));

    /// In AWS's words, also of subnets.
    enum Status {
        pending,
        available
    }

    /// The attributes that are set one by one.
    record Dns(boolean support, boolean hostnames, boolean usageMetrics) {}

    VpcRow with(Dns changed) {
        return new VpcRow(id, cidr, association, tenancy, isDefault, changed, phase);
    }
}

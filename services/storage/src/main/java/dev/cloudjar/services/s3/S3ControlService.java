package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.util.List;

/// Amazon S3 Control: what an account says of all its buckets, and access points to them. It shares S3's rows.
public final class S3ControlService implements Service {
    private final List<Api> operations;

    public S3ControlService(Kernel kernel) {
        var parts = Parts.of(kernel.as(S3Service.ID));
        this.operations = List.of(new AccountSettings(parts), new BucketDoors(parts));
    }

    @Override
    public List<Api> parts() {
        return operations;
    }
}

package dev.cloudjar.testkit.spring;

import dev.cloudjar.testkit.Cloud;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import java.net.URI;

/// What Spring Cloud AWS has to know of a cloud: its default account, in its default region.
final class CloudConnectionDetails implements AwsConnectionDetails {
    private final Cloud cloud;

    CloudConnectionDetails(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public URI getEndpoint() {
        return cloud.endpoint();
    }

    @Override
    public String getRegion() {
        return cloud.account().region();
    }

    @Override
    public String getAccessKey() {
        return cloud.account().accessKeyId();
    }

    @Override
    public String getSecretKey() {
        return cloud.account().secretAccessKey();
    }
}

package dev.cloudjar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;

/// Every tool asks first who it is.
@OnCloud
class StsTest {
    @Test
    void aKeyOfTwelveDigitsIsThatAccountsRoot(TestCloud cloud, StsClient sts) {
        var identity = sts.getCallerIdentity();

        assertThat(identity.account()).isEqualTo(cloud.account());
        assertThat(identity.arn()).isEqualTo("arn:aws:iam::" + cloud.account() + ":root");
    }
}

package dev.cloudjar.testkit;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// The parameters of tests that come from the AWS SDK.
final class SdkParameter {
    private SdkParameter() {}

    static boolean isOne(Class<?> type) {
        return type == AwsCredentialsProvider.class || type == Region.class || Sdk.isClient(type);
    }

    static Object of(Class<?> type, Account account) {
        if (type == AwsCredentialsProvider.class) {
            return Sdk.credentials(account);
        }
        return type == Region.class ? Sdk.region(account) : account.client(type);
    }
}

package dev.cloudjar.conformance;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS's SDK for Java as it is, but that it asks us and never tries again: what fails once has failed.
public final class Clients {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Clients() {}

    public static DynamoDbClient dynamoDb(TestCloud cloud) {
        return common(DynamoDbClient.builder(), cloud).build();
    }

    public static SqsClient sqs(TestCloud cloud) {
        return common(SqsClient.builder(), cloud).build();
    }

    public static SqsAsyncClient sqsAsync(TestCloud cloud) {
        return common(SqsAsyncClient.builder(), cloud).build();
    }

    public static Ec2Client ec2(TestCloud cloud) {
        return common(Ec2Client.builder(), cloud).build();
    }

    public static S3Client s3(TestCloud cloud) {
        return common(S3Client.builder(), cloud).forcePathStyle(true).build();
    }

    public static S3AsyncClient s3Async(TestCloud cloud) {
        return common(S3AsyncClient.builder(), cloud)
                .forcePathStyle(true)
                .multipartEnabled(true)
                .build();
    }

    public static IamClient iam(TestCloud cloud) {
        return common(IamClient.builder(), cloud).build();
    }

    public static StsClient sts(TestCloud cloud) {
        return common(StsClient.builder(), cloud).build();
    }

    /// A client of the root of the test's account.
    public static <B extends AwsClientBuilder<B, C>, C> C with(B builder, TestCloud cloud) {
        return common(builder, cloud).build();
    }

    /// A client with credentials that the cloud issued.
    public static <B extends AwsClientBuilder<B, C>, C> C with(B builder, TestCloud cloud, AwsCredentials credentials) {
        return common(builder, cloud)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B common(B builder, TestCloud cloud) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.of(TestCloud.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(cloud.account(), "secret")))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(PATIENCE)
                        .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true));
    }
}

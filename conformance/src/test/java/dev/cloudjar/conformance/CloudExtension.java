package dev.cloudjar.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Starts clouds, hands accounts to test classes, and fails a class during which the server reported a failure of
/// its own. The configuration parameter `cloudjar.port` has the tests ask another server instead.
final class CloudExtension implements ParameterResolver, AfterAllCallback {
    private static final Map<Class<?>, Function<TestCloud, Object>> PARAMETERS = Map.of(
            TestCloud.class, cloud -> cloud,
            DynamoDbClient.class, Clients::dynamoDb,
            Ec2Client.class, Clients::ec2,
            S3Client.class, Clients::s3,
            S3AsyncClient.class, Clients::s3Async,
            SqsClient.class, Clients::sqs,
            SqsAsyncClient.class, Clients::sqsAsync,
            IamClient.class, Clients::iam,
            StsClient.class, Clients::sts);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        TestCloud cloud = cloud(context);
        return inClass(context)
                .computeIfAbsent(
                        type.getName(),
                        name -> Objects.requireNonNull(PARAMETERS.get(type)).apply(cloud),
                        Object.class);
    }

    private static TestCloud cloud(ExtensionContext context) {
        return inClass(context)
                .computeIfAbsent(
                        "cloud",
                        key -> new TestCloud(server(context), account(context.getRequiredTestClass())),
                        TestCloud.class);
    }

    /// What one test class shares among its methods.
    private static Store inClass(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        ExtensionContext owner = context;
        while (owner.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            owner = owner.getParent().get();
        }
        return owner.getStore(Namespace.create(CloudExtension.class, tests.getName()));
    }

    private static RunningServer server(ExtensionContext context) {
        boolean alone =
                context.getRequiredTestClass().getAnnotation(OnCloud.class).alone();
        Store place = alone ? inClass(context) : context.getRoot().getStore(Namespace.create(CloudExtension.class));
        return context.getConfigurationParameter("cloudjar.port")
                .map(port -> RunningServer.at(Integer.parseInt(port)))
                .orElseGet(() -> place.computeIfAbsent("server", key -> RunningServer.start(), RunningServer.class));
    }

    /// Twelve digits that belong to the class alone.
    private static String account(Class<?> tests) {
        var crc = new CRC32();
        crc.update(tests.getName().getBytes(StandardCharsets.UTF_8));
        return Long.toString(100_000_000_000L + crc.getValue());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cloud(context).server().assertNoFailures();
    }
}

package dev.cloudjar.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.presigner.SdkPresigner;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// The AWS SDK for Java 2, of which every client is made alike: by the static method `builder` of its interface.
final class Sdk {
    private Sdk() {}

    static boolean isClient(Class<?> type) {
        return SdkClient.class.isAssignableFrom(type) && method(type, "builder").isPresent();
    }

    static <C> C client(Class<C> type, Running running, Account account) {
        Method maker = method(type, "builder")
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " is no client of the AWS SDK"));
        var builder = (SdkBuilder<?, ?>) call(maker, null);
        configure(builder, running, account);
        return type.cast(builder.build());
    }

    static void configure(Object builder, Running running, Account account) {
        if (builder instanceof AwsClientBuilder<?, ?> client) {
            client.endpointOverride(URI.create(running.address()))
                    .region(region(account))
                    .credentialsProvider(credentials(account));
        } else if (builder instanceof SdkPresigner.Builder presigner) {
            presigner
                    .endpointOverride(URI.create("http://localhost:" + running.port()))
                    .region(region(account))
                    .credentialsProvider(credentials(account));
        } else {
            throw new IllegalArgumentException(builder.getClass().getName() + " builds no client of the AWS SDK");
        }
        // A bucket's name before localhost is a name that not every machine knows.
        method(builder.getClass(), "forcePathStyle", Boolean.class).ifPresent(method -> call(method, builder, true));
        if (running.isHere() && builder instanceof AwsSyncClientBuilder<?, ?> sync) {
            sync.httpClient(new InsideHttp(running));
        }
        if (running.isHere() && builder instanceof AwsAsyncClientBuilder<?, ?> async) {
            async.httpClient(new InsideAsyncHttp(running));
        }
    }

    static Region region(Account account) {
        return Region.of(account.region());
    }

    static AwsCredentialsProvider credentials(Account account) {
        String key = account.accessKeyId();
        String secret = account.secretAccessKey();
        AwsCredentials credentials = account.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        key, secret, account.sessionToken().get())
                : AwsBasicCredentials.create(key, secret);
        return StaticCredentialsProvider.create(credentials);
    }

    static void close(Object client) {
        ((SdkAutoCloseable) client).close();
    }

    /// The public method `name`, as an interface declares it: the classes behind are not public.
    private static Optional<Method> method(Class<?> type, String name, Class<?>... parameters) {
        return Stream.concat(Stream.of(type), Stream.of(type.getInterfaces()))
                .filter(each -> Modifier.isPublic(each.getModifiers()))
                .flatMap(each -> Stream.of(each.getMethods()))
                .filter(method -> method.getName().equals(name))
                .filter(method -> Arrays.equals(method.getParameterTypes(), parameters))
                .filter(method -> Modifier.isPublic(method.getDeclaringClass().getModifiers()))
                .findFirst();
    }

    private static Object call(Method method, @Nullable Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

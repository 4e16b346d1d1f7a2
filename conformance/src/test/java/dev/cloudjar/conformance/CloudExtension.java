package dev.cloudjar.conformance;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts clouds, hands accounts to test classes, and fails a class during which the server reported a failure of
/// its own. The configuration parameter `cloudjar.port` has the tests ask another server instead.
final class CloudExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(CloudExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cloud(context);
    }

    private static TestCloud cloud(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        tests.getName(), name -> new TestCloud(server(context, tests), account()), TestCloud.class);
    }

    private static RunningServer server(ExtensionContext context, Class<?> tests) {
        Store root = context.getRoot().getStore(NAMESPACE);
        boolean alone = tests.getAnnotation(OnCloud.class).alone();
        return context.getConfigurationParameter("cloudjar.port")
                .map(port -> RunningServer.at(Integer.parseInt(port)))
                .orElseGet(() -> alone
                        ? context.getStore(NAMESPACE)
                                .computeIfAbsent("server", key -> RunningServer.start(), RunningServer.class)
                        : root.computeIfAbsent("server", key -> RunningServer.start(), RunningServer.class));
    }

    private static String account() {
        return Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cloud(context).server().assertNoFailures();
    }
}

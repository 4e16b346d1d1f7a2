package dev.cloudjar.testkit;

import java.net.URI;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/// What [CloudTest] does: a cloud for each class that is not nested, made when it is first needed. The
/// configuration parameter `cloudjar.seed` repeats the ids of a run that failed.
final class CloudExtension implements ParameterResolver, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(CloudExtension.class);
    private static final String SDK = "software.amazon.awssdk.";

    private final ReentrantLock starting = new ReentrantLock();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Cloud.class
                || type == Account.class
                || type == URI.class
                || (type.getName().startsWith(SDK) && SdkParameter.isOne(type));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Cloud cloud = cloud(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Cloud.class) {
            return cloud;
        }
        if (type == Account.class) {
            return cloud.account();
        }
        return type == URI.class ? cloud.endpoint() : SdkParameter.of(type, cloud.account());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        Held held = store(context).get(Cloud.class, Held.class);
        if (held != null) {
            System.err.println(context.getRequiredTestClass().getSimpleName() + " " + context.getDisplayName()
                    + " failed on " + held.cloud());
        }
    }

    private Cloud cloud(ExtensionContext context) {
        Store store = store(context);
        starting.lock();
        try {
            Held held = store.get(Cloud.class, Held.class);
            if (held == null) {
                held = new Held(start(context));
                store.put(Cloud.class, held);
            }
            return held.cloud();
        } finally {
            starting.unlock();
        }
    }

    private static Cloud start(ExtensionContext context) {
        String[] options = AnnotationSupport.findAnnotation(outermost(context).getRequiredTestClass(), CloudTest.class)
                .map(CloudTest::value)
                .orElseGet(() -> new String[0]);
        OptionalLong repeated = context.getConfigurationParameter("cloudjar.seed").stream()
                .mapToLong(Long::parseLong)
                .findFirst();
        return Cloud.start(Running.Mode.automatic(), repeated, options);
    }

    private static Store store(ExtensionContext context) {
        return outermost(context).getStore(NAMESPACE);
    }

    /// The class that is nested in no other.
    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext owner = context;
        while (owner.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            owner = owner.getParent().get();
        }
        return owner;
    }

    /// A cloud that ends with its class; JUnit 5 asks for the interface that JUnit 6 has deprecated.
    @SuppressWarnings("deprecation")
    private record Held(Cloud cloud) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            cloud.close();
        }
    }
}

package dev.cloudjar.testkit.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/// Finds [CloudConnection] on test classes; `spring.factories` names it.
final class CloudCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        CloudConnection found = TestContextAnnotationUtils.findMergedAnnotation(testClass, CloudConnection.class);
        return found == null ? null : new CloudCustomizer(List.of(found.value()));
    }
}

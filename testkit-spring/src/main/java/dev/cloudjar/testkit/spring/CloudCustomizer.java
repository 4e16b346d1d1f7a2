package dev.cloudjar.testkit.spring;

import dev.cloudjar.testkit.Cloud;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/// Puts a cloud with these options into a context, and how to reach it. Two that are equal let Spring keep one
/// context for both.
record CloudCustomizer(List<String> options) implements ContextCustomizer {
    private static final String CLOUD = "cloudjarCloud";
    private static final String DETAILS = "cloudjarConnectionDetails";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
            registry.registerBeanDefinition(
                    CLOUD,
                    BeanDefinitionBuilder.genericBeanDefinition(
                                    Cloud.class, () -> Cloud.start(options.toArray(String[]::new)))
                            .setDestroyMethodName("close")
                            .getBeanDefinition());
            registry.registerBeanDefinition(
                    DETAILS,
                    BeanDefinitionBuilder.genericBeanDefinition(
                                    AwsConnectionDetails.class,
                                    () -> new CloudConnectionDetails(context.getBean(Cloud.class)))
                            .getBeanDefinition());
        }
    }
}

package dev.cloudjar.testkit.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Gives the application context of a Spring test a cloud of its own, as `@ServiceConnection` gives it a
/// container: Spring Cloud AWS takes endpoint, region and credentials from it, whatever the properties say.
///
/// The [Cloud] is a bean, to be injected and asked. It lives as long as the context does; test classes that
/// share a context share its cloud.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CloudConnection {
    /// Options, as [Cloud#start] takes them: `@CloudConnection("--region=eu-west-1")`.
    String[] value() default {};
}

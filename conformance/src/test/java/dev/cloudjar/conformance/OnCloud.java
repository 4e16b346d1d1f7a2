package dev.cloudjar.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a test class a [TestCloud]: an account of its own in the one cloud of this JVM, or a cloud of its own
/// where the class moves the clock.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(CloudExtension.class)
public @interface OnCloud {
    boolean alone() default false;
}

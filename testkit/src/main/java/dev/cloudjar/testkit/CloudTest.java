package dev.cloudjar.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a test class, with those nested in it, a cloud of its own, empty at first and gone at the end.
///
/// Constructors and methods may have parameters of these types: [Cloud], [Account], [java.net.URI] (the
/// endpoint), the AWS SDK's `AwsCredentialsProvider` and `Region`, and every client of the AWS SDK for Java 2,
/// sync or async (`SqsClient`). Clients are pointed at the cloud and signed. A test that fails says the seed of
/// its cloud and the latest calls.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(CloudExtension.class)
public @interface CloudTest {
    /// Options, as [Cloud#start] takes them: `@CloudTest("--seed=7")`.
    String[] value() default {};
}

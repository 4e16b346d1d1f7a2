package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import org.junit.jupiter.api.Test;

/// AWS's own policies are policies by our grammar, and each is found by its path.
class AwsManagedTest {
    @Test
    void allCanBeReadAndFound() {
        assertThat(AwsManaged.all()).hasSizeGreaterThan(1500).allSatisfy(policy -> {
            String path = policy.name().wire().substring(1);
            assertThatCode(() -> Document.parse(policy.current().document(), Grammar.IDENTITY))
                    .as(path)
                    .doesNotThrowAnyException();
            assertThat(AwsManaged.find(path)).contains(policy);
        });
        assertThat(AwsManaged.find("NoSuchPolicy")).isEmpty();
    }
}

package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.World.Settings;
import dev.cloudjar.kernel.policy.Authority;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What can be called is judged as what AWS's service authorization reference says it is, or what the service
/// itself says where the reference has the operation under another name.
class DeclaredActionsTest {
    private static boolean speaksForItself(Bound bound) {
        return Arrays.stream(bound.service().getClass().getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("wants"));
    }

    @Test
    void everyOperationThatIsBuiltHasAnAction() {
        var unknown = new ArrayList<String>();
        try (World world = World.inMemory(Settings.DEFAULT, Services.ALL)) {
            for (Entry entry : Services.ALL) {
                Bound bound = world.service(entry.id()).orElseThrow();
                if (speaksForItself(bound)) {
                    continue;
                }
                var authority = new Authority(bound.schema());
                bound.schema().operations().stream()
                        .filter(bound::implementsOperation)
                        .filter(operation -> authority.action(operation).isEmpty())
                        .map(operation -> entry.id() + ' ' + operation.name())
                        .forEach(unknown::add);
            }
        }

        assertThat(unknown).isEmpty();
    }
}

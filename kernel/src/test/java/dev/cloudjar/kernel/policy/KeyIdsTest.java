package dev.cloudjar.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.World;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A key id says whose it is, a world knows its own, and its secret follows from it.
class KeyIdsTest {
    @AutoClose
    private final World world = World.inMemory(World.Settings.DEFAULT, List.of());

    @AutoClose
    private final World other = World.inMemory(World.Settings.DEFAULT, List.of());

    private final KeyIds keys = new KeyIds(world.ids(), world.tokens());
    private final KeyIds theirs = new KeyIds(other.ids(), other.tokens());

    private String key(String account) {
        var request =
                new Call.Request("iam", "CreateAccessKey", "r", world.time().now(), "http://localhost");
        return Call.of(Principal.root(account), account, "us-east-1", request).run(() -> keys.key("AKIA"));
    }

    @Test
    void aKeyNamesItsAccount() {
        for (String account : List.of("000000000000", "000000000001", "123456789012", "999999999999")) {
            assertThat(KeyIds.account(key(account))).contains(account);
        }
        assertThat(KeyIds.account("AKIA")).isEmpty();
        assertThat(KeyIds.account("AKIA????????????????")).isEmpty();
    }

    @Test
    void aWorldKnowsItsOwnKeysAndTheirSecrets() {
        String key = key("123456789012");

        assertThat(keys.isOurs(key)).isTrue();
        assertThat(keys.isOurs("ASIA" + key.substring(4))).isFalse();
        assertThat(theirs.isOurs(key)).isFalse();
        assertThat(keys.secret(key)).hasSize(40).isEqualTo(keys.secret(key)).isNotEqualTo(theirs.secret(key));
    }
}

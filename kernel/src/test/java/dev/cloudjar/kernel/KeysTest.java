package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Data keys open with their context and no other; a service that offers the port takes the world's place.
class KeysTest {
    private static final Map<String, String> CONTEXT = Map.of("aws:s3:arn", "arn:aws:s3:::b/k");

    private final World world = World.inMemory(World.Settings.DEFAULT, List.of());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aDataKeyOpensWithItsContextOnly() {
        Keys keys = world.keys();
        Keys.DataKey made = world.background(() -> keys.generate("alias/aws/s3", CONTEXT));

        assertThat(made.plaintext().size()).isEqualTo(32);
        assertThat(keys.open(made.sealed(), CONTEXT)).isEqualTo(made.plaintext());
        assertThatThrownBy(() -> keys.open(made.sealed(), Map.of())).isInstanceOf(AwsError.class);
    }

    @Test
    void anAlteredOrCutKeyDoesNotOpen() {
        Keys keys = world.keys();
        byte[] sealed = world.background(() -> keys.generate("one", CONTEXT))
                .sealed()
                .bytes()
                .clone();
        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> keys.open(Blob.of(sealed), CONTEXT)).isInstanceOf(AwsError.class);
        assertThatThrownBy(() -> keys.open(Blob.EMPTY, CONTEXT)).isInstanceOf(AwsError.class);
    }

    @Test
    void everyWayToNameAKeyMeansTheSameKey() {
        Arn key = world.background(() -> world.keys().find("one"));

        assertThat(key.toString()).isEqualTo("arn:aws:kms:us-east-1:000000000000:key/one");
        assertThat(world.background(() -> world.keys().find("key/one"))).isEqualTo(key);
        assertThat(world.background(() -> world.keys().find(key.toString()))).isEqualTo(key);
        assertThat(world.background(() -> world.keys().find("alias/a")))
                .isEqualTo(world.background(() -> world.keys().find("arn:aws:kms:us-east-1:000000000000:alias/a")));
    }

    @Test
    void aServiceThatOffersThePortTakesTheWorldsPlace() {
        var entry = new Service.Entry("keeper", _ -> new Keeper(), Set.of(Keys.class));
        try (World kept = World.inMemory(World.Settings.DEFAULT, List.of(entry))) {
            assertThat(kept.keys()).isInstanceOf(Keeper.class);
            assertThat(kept.port(Runnable.class)).isEmpty();
        }
    }

    /// A service with a port.
    private static final class Keeper implements Service, Keys {
        @Override
        public List<Api> parts() {
            return List.of(new BoundTest.Both());
        }

        @Override
        public Arn find(String name) {
            return Arn.here("kms", name);
        }

        @Override
        public void check(String name, Map<String, String> context) {
            find(name);
        }

        @Override
        public DataKey generate(String name, Map<String, String> context) {
            return new DataKey(find(name), Blob.EMPTY, Blob.EMPTY);
        }

        @Override
        public Blob open(Blob sealed, Map<String, String> context) {
            return sealed;
        }
    }
}

package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.app.Options.Misuse;
import dev.cloudjar.kernel.store.Durability;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `cloudjar start` makes of its command line and environment.
class OptionsTest {
    @Test
    void withoutAnythingTheDefaultsHold() {
        Options options = Options.parse(List.of(), Map.of());

        assertThat(options.address().host()).isEqualTo("127.0.0.1");
        assertThat(options.address().port()).isEqualTo(4566);
        assertThat(options.data()).contains(Path.of("./.cloudjar"));
        assertThat(options.durability()).isEqualTo(Durability.OS);
        assertThat(options.flags().strict()).isFalse();
        assertThat(options.identity().account()).isEqualTo("000000000000");
        assertThat(options.identity().region()).isEqualTo("us-east-1");
    }

    @Test
    void aWorldMayBeginWithASeedAndATime() {
        Options.Start start = Options.parse(List.of("--seed=-7", "--clock", "2027-01-01T00:00:00Z"), Map.of())
                .start();

        assertThat(start.seed()).hasValue(-7);
        assertThat(start.clock()).contains(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--seed=x", "--seed=99999999999999999999", "--clock=soon", "--clock=+10000-01-01T00:00:00Z"})
    void seedsAndTimesThatAreNoneAreRefused(String argument) {
        assertThatThrownBy(() -> Options.parse(List.of(argument), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(argument.substring(argument.indexOf('=') + 1));
    }

    @Test
    void everyOptionIsAnEnvironmentVariableToo() {
        Options options = Options.parse(
                List.of(),
                Map.of(
                        "CLOUDJAR_PORT", "9000",
                        "CLOUDJAR_DATA", "/srv/world",
                        "CLOUDJAR_REALISTIC_DELAYS", "1",
                        "CLOUDJAR_SERVICES", "sqs, sts"));

        assertThat(options.address().port()).isEqualTo(9000);
        assertThat(options.data()).contains(Path.of("/srv/world"));
        assertThat(options.flags().realisticDelays()).isTrue();
        assertThat(options.flags().services()).containsExactlyInAnyOrder("sqs", "sts");
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        Options options = Options.parse(List.of("--port=1", "--durability", "fsync"), Map.of("CLOUDJAR_PORT", "2"));

        assertThat(options.address().port()).isEqualTo(1);
        assertThat(options.durability()).isEqualTo(Durability.FSYNC);
    }

    @Test
    void memoryHasNoDataDirectory() {
        assertThat(Options.parse(List.of("--memory"), Map.of("CLOUDJAR_DATA", "x"))
                        .data())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--port 70000, --port is a number from 0 to 65535",
        "--port 4x, --port is a number from 0 to 65535",
        "--port, --port needs a value",
        "--prot 1, There is no option --prot",
        "start, There is no option start",
        "--durability disk, --durability is 'os' or 'fsync'",
        "--account 12, --account is twelve digits",
        "--region mars, --region is the name of a region",
        "--strict=perhaps, --strict is on or off",
        "--memory --data x, --memory keeps nothing"
    })
    void whatCannotBeUnderstoodIsSaidInASentence(String arguments, String sentence) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ")), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(sentence);
    }
}

package dev.cloudjar.wire.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.World;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.wire.fault.Fault.Chance;
import dev.cloudjar.wire.fault.Fault.Effect;
import dev.cloudjar.wire.fault.Fault.Refused;
import dev.cloudjar.wire.fault.Fault.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A fault hits the calls that it names, as often as it says, and no others.
class FaultsTest {
    private static final OperationSchema SEND =
            Schemas.open("sqs").operation("SendMessage").orElseThrow();
    private static final OperationSchema RECEIVE =
            Schemas.open("sqs").operation("ReceiveMessage").orElseThrow();
    private static final Chance ALWAYS = new Chance(1, 0, 0);
    private static final Effect BROKEN = new Refused("InternalError", "broken", 500);

    @AutoClose
    private final World world = World.inMemory(World.Settings.DEFAULT, List.of());

    private final Faults faults = new Faults(world);

    private static Call call(String account, String region) {
        var request = new Call.Request("sqs", "X", "1", Instant.EPOCH, "http://localhost");
        return Call.of(Principal.root(account), account, region, request);
    }

    private void add(String operation, String account, String resource, Chance chance, Effect effect) {
        faults.add(new Fault("one", new Target("sqs", operation, account, "*", resource), chance, effect));
    }

    private boolean isHit(OperationSchema operation, String account, String resource) {
        try {
            faults.strike(operation, call(account, "us-east-1"), Optional.of(resource));
            return false;
        } catch (AwsError | HungUp wrong) {
            return true;
        }
    }

    @Test
    void onlyWhatItNamesIsHit() {
        add("Send*", "111111111111", "*:orders", ALWAYS, BROKEN);

        assertThat(isHit(SEND, "111111111111", "arn:aws:sqs:us-east-1:1:orders"))
                .isTrue();
        assertThat(isHit(RECEIVE, "111111111111", "arn:aws:sqs:us-east-1:1:orders"))
                .isFalse();
        assertThat(isHit(SEND, "222222222222", "arn:aws:sqs:us-east-1:1:orders"))
                .isFalse();
        assertThat(isHit(SEND, "111111111111", "arn:aws:sqs:us-east-1:1:letters"))
                .isFalse();
        assertThat(faults.remove("one")).isTrue();
        assertThat(faults.remove("one")).isFalse();
        assertThat(isHit(SEND, "111111111111", "arn:aws:sqs:us-east-1:1:orders"))
                .isFalse();
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void itsChanceIsRepeatedByItsSeedAndItEndsAfterSoManyHits() {
        List<Boolean> first = hits(new Chance(0.3, 7, 0));

        assertThat(first).contains(true, false).isEqualTo(hits(new Chance(0.3, 7, 0)));
        assertThat(first).isNotEqualTo(hits(new Chance(0.3, 8, 0)));
        assertThat(first.stream().filter(hit -> hit).count()).isBetween(15L, 45L);
        assertThat(hits(new Chance(1, 0, 4)))
                .containsSequence(true, true, true, true, false)
                .filteredOn(hit -> hit)
                .hasSize(4);
        assertThat(faults.all().values()).containsExactly(4L);
    }

    private List<Boolean> hits(Chance chance) {
        add("*", "*", "*", chance, BROKEN);
        List<Boolean> hits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hits.add(isHit(SEND, "1", "x"));
        }
        return hits;
    }

    @Test
    void aModelledErrorIsAnsweredAsModelled() {
        add("*", "*", "*", ALWAYS, new Refused("OverLimit", "full", 418));

        assertThatThrownBy(() -> faults.strike(RECEIVE, call("1", "us-east-1"), Optional.empty()))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.message()).isEqualTo("full");
                    assertThat(error.code().shape()).isPresent();
                    assertThat(error.code().status()).isNotEqualTo(418);
                });
        add("*", "*", "*", ALWAYS, new Refused("Teapot", "short and stout", 418));
        assertThatThrownBy(() -> faults.strike(RECEIVE, call("1", "us-east-1"), Optional.empty()))
                .isInstanceOfSatisfying(
                        AwsError.class,
                        error -> assertThat(error.code().status()).isEqualTo(418));
    }

    @Test
    void aResetWorldHasNoFaults() {
        add("*", "*", "*", ALWAYS, BROKEN);
        world.reset();
        assertThat(isHit(SEND, "1", "x")).isFalse();
    }
}

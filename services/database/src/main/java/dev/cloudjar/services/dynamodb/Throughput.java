package dev.cloudjar.services.dynamodb;

import java.time.Instant;
import java.util.Optional;

/// What a table or index can take: on demand up to a `maximum`, or as `provisioned`, perhaps having been on
/// demand before.
record Throughput(
        Optional<Instant> onDemandSince,
        Units provisioned,
        Optional<Units> maximum,
        Optional<Units> warm,
        Optional<Instant> increased,
        Optional<Instant> decreased,
        int decreasesToday,
        Optional<Instant> onceOnDemandSince) {
    private Throughput(Optional<Instant> onDemandSince, Units units, Optional<Units> maximum, Optional<Units> warm) {
        this(onDemandSince, units, maximum, warm, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    static Throughput onDemand(Instant since, Optional<Units> maximum, Optional<Units> warm) {
        return new Throughput(Optional.of(since), Units.NONE, maximum, warm);
    }

    static Throughput provisioned(Units units, Optional<Units> warm) {
        return new Throughput(Optional.empty(), units, Optional.empty(), warm);
    }

    /// The same, of something that was on demand before.
    Throughput after(Throughput before) {
        return new Throughput(
                onDemandSince,
                provisioned,
                maximum,
                warm,
                increased,
                decreased,
                decreasesToday,
                before.onDemandSince.or(() -> before.onceOnDemandSince));
    }

    boolean isOnDemand() {
        return onDemandSince.isPresent();
    }

    Units warmUnits() {
        return warm.orElse(isOnDemand() ? Units.WARM : provisioned);
    }

    /// Provisioned anew; AWS remembers when it went up and down.
    Throughput changed(Units units, Instant now) {
        boolean up = units.read() > provisioned.read() || units.write() > provisioned.write();
        boolean down = units.read() < provisioned.read() || units.write() < provisioned.write();
        return new Throughput(
                Optional.empty(),
                units,
                maximum,
                warm,
                up ? Optional.of(now) : increased,
                down ? Optional.of(now) : decreased,
                down ? decreasesToday + 1 : decreasesToday,
                onceOnDemandSince);
    }

    Throughput with(Optional<Units> most, Optional<Units> warmed) {
        return new Throughput(
                onDemandSince,
                provisioned,
                most.or(() -> maximum),
                warmed.or(() -> warm),
                increased,
                decreased,
                decreasesToday,
                onceOnDemandSince);
    }
}

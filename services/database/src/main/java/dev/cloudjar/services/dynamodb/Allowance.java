package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.api.DynamoDb.PROVISIONED_THROUGHPUT_EXCEEDED_EXCEPTION;
import static dev.cloudjar.api.DynamoDb.THROTTLING_EXCEPTION;

import dev.cloudjar.api.DynamoDb.ProvisionedThroughputExceededException;
import dev.cloudjar.api.DynamoDb.ThrottlingException;
import dev.cloudjar.api.DynamoDb.ThrottlingReason;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Meter;
import dev.cloudjar.kernel.Rates;
import dev.cloudjar.kernel.Rates.Rate;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds reads and writes to what tables and global indexes can take, in a world that keeps AWS's rates: what is
/// provisioned or the most that an on-demand table may, with what went unused in the last five minutes on top.
final class Allowance {
    private static final int BURST = 300;

    /// What capacity is for, as throttling reasons spell it.
    enum Use {
        READ("Read"),
        WRITE("Write");

        private final String word;

        Use(String word) {
            this.word = word;
        }

        private double of(Units units) {
            return this == READ ? units.read() : units.write();
        }
    }

    private final Meter meter;
    private final Contributions contributions;

    Allowance(Meter meter, Contributions contributions) {
        this.meter = meter;
        this.contributions = contributions;
    }

    boolean isKept() {
        return meter.rates().isPresent();
    }

    /// Whether a refusal is one of those by which capacity is kept.
    static boolean isRefusal(AwsError error) {
        String code = error.code().code();
        return code.equals(PROVISIONED_THROUGHPUT_EXCEEDED_EXCEPTION.code())
                || code.equals(THROTTLING_EXCEPTION.code());
    }

    /// Refuses what `table` can take no more of at the moment, for `item`.
    void check(DynamoTable table, Use use, Map<String, Value> item) {
        if (!isOpen(table.lot(), table.capacity(), use)) {
            contributions.throttled(table, "", item);
            throw refusal(table.capacity(), use, new Place("Table", table.arn().toString()));
        }
    }

    void check(DynamoTable table, Index index, Use use, Map<String, Value> item) {
        if (!index.isGlobal()) {
            check(table, use, item);
        } else if (!isOpen(index.lot(), index.capacity(), use)) {
            contributions.throttled(table, index.name(), item);
            throw refusal(index.capacity(), use, new Place("Index", table.arn() + "/index/" + index.name()));
        }
    }

    private record Place(String kind, String arn) {}

    private boolean isOpen(Lot lot, Throughput capacity, Use use) {
        Optional<Rates> rates = meter.rates();
        return rates.isEmpty()
                || rate(capacity, use)
                        .filter(rate -> !rates.get().has(bucket(lot, use), rate))
                        .isEmpty();
    }

    private static AwsError refusal(Throughput capacity, Use use, Place place) {
        return capacity.isOnDemand() ? pastMaximum(use, place) : pastProvisioned(use, place);
    }

    private static AwsError pastProvisioned(Use use, Place place) {
        String message = place.kind().equals("Table")
                ? "The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                        + " provisioning level with the UpdateTable API."
                : "The level of configured provisioned throughput for one or more global secondary indexes of the table"
                        + " was exceeded. Consider increasing your provisioning level for the under-provisioned global"
                        + " secondary indexes with the UpdateTable API.";
        return PROVISIONED_THROUGHPUT_EXCEEDED_EXCEPTION.with(
                error -> ((ProvisionedThroughputExceededException) error)
                        .throttlingReasons(reasons("ProvisionedThroughputExceeded", use, place)),
                message);
    }

    private static AwsError pastMaximum(Use use, Place place) {
        return THROTTLING_EXCEPTION.with(
                error -> ((ThrottlingException) error)
                        .throttlingReasons(reasons("MaxOnDemandThroughputExceeded", use, place)),
                "Throughput exceeds the maximum OnDemandThroughput configured on table or index");
    }

    private static List<ThrottlingReason> reasons(String limit, Use use, Place place) {
        return List.of(
                new ThrottlingReason().reason(place.kind() + use.word + limit).resource(place.arn()));
    }

    /// Takes what was consumed from the table and from its global indexes.
    void charge(Consumption consumed, Use use) {
        if (isKept()) {
            DynamoTable table = consumed.table();
            consumed.units()
                    .forEach((name, units) -> table.index(name)
                            .filter(Index::isGlobal)
                            .ifPresentOrElse(
                                    index -> charge(index.lot(), index.capacity(), use, units),
                                    () -> charge(table.lot(), table.capacity(), use, units)));
        }
    }

    private void charge(Lot lot, Throughput capacity, Use use, double units) {
        rate(capacity, use)
                .ifPresent(rate -> meter.rates().ifPresent(rates -> rates.take(bucket(lot, use), rate, units)));
    }

    private static String bucket(Lot lot, Use use) {
        return DynamoDbService.ID + '/' + lot.number() + '/' + use;
    }

    /// How fast capacity comes back; nothing where there is no limit.
    private static Optional<Rate> rate(Throughput capacity, Use use) {
        Optional<Units> limit = capacity.isOnDemand() ? capacity.maximum() : Optional.of(capacity.provisioned());
        return limit.map(use::of)
                .filter(units -> units > 0 || !capacity.isOnDemand())
                .map(units -> new Rate(units, units * BURST));
    }
}

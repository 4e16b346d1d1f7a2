package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.OnDemandThroughput;
import dev.cloudjar.api.DynamoDb.ProvisionedThroughput;
import dev.cloudjar.api.DynamoDb.WarmThroughput;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Instant;
import java.util.Optional;

/// The capacity that a request asks for, for a table or one of its indexes.
record CapacityDefinition(
        Optional<ProvisionedThroughput> provisioned, Optional<OnDemandThroughput> most, Optional<WarmThroughput> warm) {
    private static final long LARGEST = 1_000_000_000_000L;

    static Units units(ProvisionedThroughput asked) {
        checkBounds("ReadCapacityUnits", asked.readCapacityUnits());
        checkBounds("WriteCapacityUnits", asked.writeCapacityUnits());
        return new Units(asked.readCapacityUnits(), asked.writeCapacityUnits());
    }

    private static void checkBounds(String name, long value) {
        if (value > LARGEST) {
            throw Refusals.invalid("Given value %s for %s is out of bounds", value, name);
        }
    }

    /// The most that is asked for, beside what there was before; what is not said stays as it was.
    Optional<Units> maximum(Optional<Units> before) {
        Units was = before.orElse(Units.UNLIMITED);
        return most.map(each -> new Units(
                maximum("MaxReadRequestUnits", each.maxReadRequestUnits(), was.read()),
                maximum("MaxWriteRequestUnits", each.maxWriteRequestUnits(), was.write())));
    }

    private static long maximum(String name, Optional<Long> asked, long before) {
        long units = asked.orElse(before);
        if (units < 1 && units != -1) {
            throw Refusals.parameters("%s must be greater than or equal to 1, or -1: %d", name, units);
        }
        return units;
    }

    /// Refuses a maximum for what is not on demand, or one that says nothing.
    void checkMaximum(boolean onDemand) {
        if (!onDemand && most.isPresent()) {
            throw Refusals.parameters("OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST");
        }
        if (most.filter(each -> each.maxReadRequestUnits().isEmpty()
                        && each.maxWriteRequestUnits().isEmpty())
                .isPresent()) {
            throw Refusals.parameters(
                    "OnDemandThroughput must specify MaxReadRequestUnits, MaxWriteRequestUnits, or" + " both");
        }
    }

    Optional<Units> warmed() {
        return warm.map(each -> new Units(
                each.readUnitsPerSecond().orElse(Units.WARM.read()),
                each.writeUnitsPerSecond().orElse(Units.WARM.write())));
    }

    /// Of a table.
    Throughput table(boolean onDemand, Instant now) {
        if (onDemand && provisioned.isPresent()) {
            throw Refusals.parameters(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                            + " PAY_PER_REQUEST");
        }
        if (!onDemand && provisioned.isEmpty()) {
            throw Refusals.parameters("ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                    + " BillingMode is PROVISIONED");
        }
        return make(onDemand, now);
    }

    /// Of an index, which is provisioned if its table is.
    Throughput index(String name, boolean onDemand, Instant now) {
        if (onDemand && provisioned.isPresent()) {
            throw Refusals.parameters(
                    "ProvisionedThroughput should not be specified for index: %s when BillingMode is PAY_PER_REQUEST",
                    name);
        }
        if (!onDemand && provisioned.isEmpty()) {
            throw Refusals.parameters("ProvisionedThroughput is not specified for index: %s", name);
        }
        return make(onDemand, now);
    }

    private Throughput make(boolean onDemand, Instant now) {
        checkMaximum(onDemand);
        return onDemand
                ? Throughput.onDemand(now, maximum(Optional.empty()), warmed())
                : Throughput.provisioned(units(provisioned.orElseThrow()), warmed());
    }
}

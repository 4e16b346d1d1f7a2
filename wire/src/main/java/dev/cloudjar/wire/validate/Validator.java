package dev.cloudjar.wire.validate;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;

/// The stage that holds input to its model: required members, lengths, ranges, patterns, known values. Keep
/// one: it remembers what it has worked out about shapes. Safe for concurrent use.
public final class Validator {
    private final Plan.Cache plans = new Plan.Cache();
    private final Families families = Families.load();

    /// Throws the [AwsError] with which the service refuses `input`, if it has to.
    public void check(OperationSchema operation, Struct input) {
        Family family = families.of(operation.service());
        boolean elementsNotNull = family instanceof Family.Framework framework && framework.elementsNotNull();
        var inspection = new Inspection(plans, elementsNotNull);
        inspection.struct(input, new Inspection.Path());
        List<Violation> violations = inspection.violations();
        if (!violations.isEmpty()) {
            violations = violations.stream().filter(family::minds).toList();
        }
        if (!violations.isEmpty()) {
            throw family.refuse(violations);
        }
    }
}

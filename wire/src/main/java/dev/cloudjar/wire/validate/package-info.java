/// The constraints of AWS's models, checked on decoded input and refused in AWS's wording.
///
/// [Validator] is the stage. [Inspection] walks an input along the [Plan]s of its shapes and gathers [Violation]s;
/// a [Family] of services words them.
@NullMarked
package dev.cloudjar.wire.validate;

import org.jspecify.annotations.NullMarked;

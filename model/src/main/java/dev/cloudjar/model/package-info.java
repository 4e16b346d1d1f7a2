/// AWS's API models as data: services, operations, shapes and their constraints, and the values that fill them.
///
/// A [ServiceSchema] is what we know of one AWS API; a [Struct] is one input, output or error of it. Wire codecs,
/// the validator, the policy stage and the conformance laws read nothing but these, so an operation that nobody has
/// built yet is routed, decoded and refused like any other.
@NullMarked
package dev.cloudjar.model;

import org.jspecify.annotations.NullMarked;

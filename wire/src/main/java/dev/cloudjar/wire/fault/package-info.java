/// What is wrong on purpose: faults that a user has asked for, and AWS's limits of request rates.
///
/// [Faults] keeps what was asked for, [Throttle] the buckets, [TooMany] knows how each service says that it has
/// had enough.
@NullMarked
package dev.cloudjar.wire.fault;

import org.jspecify.annotations.NullMarked;

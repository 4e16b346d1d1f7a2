/// What AWS documents once for all services: calls, tables, time, ids, resources, events, deliveries, metering,
/// policy.
///
/// A [World] is one simulated AWS; a service sees it as a [Kernel]. No line here names a service.
@NullMarked
package dev.cloudjar.kernel;

import org.jspecify.annotations.NullMarked;

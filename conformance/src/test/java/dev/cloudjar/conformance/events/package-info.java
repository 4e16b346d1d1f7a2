/// Services of the tests' own that talk in event streams, for as long as no service that is built does so in both
/// directions.
@NullMarked
package dev.cloudjar.conformance.events;

import org.jspecify.annotations.NullMarked;

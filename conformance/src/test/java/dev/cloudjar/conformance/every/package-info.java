/// All operations of all services, built or not, over the wire.
@NullMarked
package dev.cloudjar.conformance.every;

import org.jspecify.annotations.NullMarked;

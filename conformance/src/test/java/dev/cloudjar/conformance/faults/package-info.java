/// What goes wrong on purpose, as an SDK meets it.
@NullMarked
package dev.cloudjar.conformance.faults;

import org.jspecify.annotations.NullMarked;

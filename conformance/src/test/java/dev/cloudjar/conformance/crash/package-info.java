/// The real program killed in the middle of its work, and started again.
@NullMarked
package dev.cloudjar.conformance.crash;

import org.jspecify.annotations.NullMarked;

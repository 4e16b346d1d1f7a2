/// The list of what is built, kept as text.
@NullMarked
package dev.cloudjar.conformance.coverage;

import org.jspecify.annotations.NullMarked;

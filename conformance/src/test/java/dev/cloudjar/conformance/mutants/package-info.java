/// Servers that answer without doing anything, against which the acceptance tests must fail.
@NullMarked
package dev.cloudjar.conformance.mutants;

import org.jspecify.annotations.NullMarked;

/// Whole exchanges as committed text: a byte that changes on the wire is a difference that someone reads.
@NullMarked
package dev.cloudjar.conformance.golden;

import org.jspecify.annotations.NullMarked;

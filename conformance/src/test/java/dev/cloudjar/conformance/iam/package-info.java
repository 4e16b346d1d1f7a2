/// Identity by unmodified clients: entities and their conflicts, and policies that hold.
@NullMarked
package dev.cloudjar.conformance.iam;

import org.jspecify.annotations.NullMarked;

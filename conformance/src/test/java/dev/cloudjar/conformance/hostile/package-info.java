/// Requests that no honest client sends. The cloud answers them with a refusal, at once, and goes on serving others.
@NullMarked
package dev.cloudjar.conformance.hostile;

import org.jspecify.annotations.NullMarked;

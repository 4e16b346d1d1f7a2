/// All services under load for as long as one likes: `./cloudjar soak MINUTES`.
@NullMarked
package dev.cloudjar.conformance.soak;

import org.jspecify.annotations.NullMarked;

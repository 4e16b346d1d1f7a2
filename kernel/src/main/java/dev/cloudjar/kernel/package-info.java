/// The kernel
@NullMarked
package dev.cloudjar.kernel;

import org.jspecify.annotations.NullMarked;

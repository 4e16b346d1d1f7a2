/// A disk that is full when a test says so, beneath a whole cloud.
@NullMarked
package dev.cloudjar.kernel.store;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.cloudjar.model.digest;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.cloudjar.app;

import org.jspecify.annotations.NullMarked;

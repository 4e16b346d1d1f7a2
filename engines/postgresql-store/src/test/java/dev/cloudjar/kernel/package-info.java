/// Tests of several worlds over one store.
@NullMarked
package dev.cloudjar.kernel;

import org.jspecify.annotations.NullMarked;

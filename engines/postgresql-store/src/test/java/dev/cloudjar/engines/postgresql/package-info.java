/// Tests of the store in PostgreSQL, against a real one.
@NullMarked
package dev.cloudjar.engines.postgresql;

import org.jspecify.annotations.NullMarked;

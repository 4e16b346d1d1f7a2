@NullMarked
package dev.cloudjar.model.schema;

import org.jspecify.annotations.NullMarked;

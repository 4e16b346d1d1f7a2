@NullMarked
package dev.cloudjar.model.generator;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.cloudjar.model.importer;

import org.jspecify.annotations.NullMarked;

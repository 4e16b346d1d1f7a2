@NullMarked
package dev.cloudjar.model;

import org.jspecify.annotations.NullMarked;

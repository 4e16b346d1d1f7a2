/// Writes the Java interfaces of services: a typed class a structure, a method an operation, a constant an error.
///
/// [Generator] is the program; it reads the schemas that lie on its own class path.
@NullMarked
package dev.cloudjar.model.generator;

import org.jspecify.annotations.NullMarked;

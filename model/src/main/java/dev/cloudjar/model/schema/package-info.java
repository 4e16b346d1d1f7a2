/// Schemas in binary: [SchemaCompiler] writes a digest down, [BinarySchema] opens it and builds shapes when asked for.
///
/// The format is private to one build: both ends stand here and nothing keeps old files.
@NullMarked
package dev.cloudjar.model.schema;

import org.jspecify.annotations.NullMarked;

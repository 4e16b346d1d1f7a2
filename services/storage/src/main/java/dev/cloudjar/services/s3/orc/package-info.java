/// ORC files, written without a library: flat tables in one stripe, plainly encoded and not packed.
/// https://orc.apache.org/specification/ORCv1/
@NullMarked
package dev.cloudjar.services.s3.orc;

import org.jspecify.annotations.NullMarked;

/// The wording and the reach of the validator.
@NullMarked
package dev.cloudjar.wire.validate;

import org.jspecify.annotations.NullMarked;

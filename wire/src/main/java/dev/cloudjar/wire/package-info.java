/// The front door: HTTP, AWS's protocols read and written for any model, signatures, and the stages of a request.
@NullMarked
package dev.cloudjar.wire;

import org.jspecify.annotations.NullMarked;

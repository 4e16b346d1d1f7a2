/// AWS's protocols, tested with AWS's own cases read backwards and with what those leave out.
@NullMarked
package dev.cloudjar.wire.protocol;

import org.jspecify.annotations.NullMarked;

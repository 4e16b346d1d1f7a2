/// Certificates for the front door's TLS.
@NullMarked
package dev.cloudjar.wire.tls;

import org.jspecify.annotations.NullMarked;

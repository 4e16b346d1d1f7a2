/// Which operation of which service a request is for, and in which protocol it speaks.
///
/// [Router] asks, in this order: the `X-Amz-Target`, the path of RPC v2, an `Action`, and at last the path, among
/// the services that the signature or the host names. Only the catalog's facts are read until a service is found,
/// so no schema is opened but that of the service hit.
@NullMarked
package dev.cloudjar.wire.route;

import org.jspecify.annotations.NullMarked;

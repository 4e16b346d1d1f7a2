/// The front door: one port for HTTP/1, HTTP/2 and TLS, on Netty. Connections live on their event loop's thread alone;
/// each request runs on a virtual thread of its own and meets its connection through [Upload] and [Reply].
@NullMarked
package dev.cloudjar.wire.netty;

import org.jspecify.annotations.NullMarked;

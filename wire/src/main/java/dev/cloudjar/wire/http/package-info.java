/// HTTP messages as the stages see them, whatever carried them: HTTP/1.1, HTTP/2, or a call within the JVM.
@NullMarked
package dev.cloudjar.wire.http;

import org.jspecify.annotations.NullMarked;

/// The server: its command line and the one list of services. It alone knows every part.
@NullMarked
package dev.cloudjar.app;

import org.jspecify.annotations.NullMarked;

/// The program: reads the command line, opens a world with all services, and puts the front door before it.
@NullMarked
package dev.cloudjar.app;

import org.jspecify.annotations.NullMarked;

/// Packs releases, byte for byte the same from the same sources, JDK and Debian packages.
@NullMarked
package dev.cloudjar.dist;

import org.jspecify.annotations.NullMarked;

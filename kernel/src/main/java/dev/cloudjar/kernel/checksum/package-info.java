/// The checksums with which AWS's clients and services make sure of bytes on their way and at rest.
@NullMarked
package dev.cloudjar.kernel.checksum;

import org.jspecify.annotations.NullMarked;

/// How rows and keys become bytes: rows compactly and by name, keys in an order that bytes keep.
@NullMarked
package dev.cloudjar.kernel.codec;

import org.jspecify.annotations.NullMarked;

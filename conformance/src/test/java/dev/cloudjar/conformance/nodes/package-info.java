/// Several nodes that are one cloud, over one database.
@NullMarked
package dev.cloudjar.conformance.nodes;

import org.jspecify.annotations.NullMarked;

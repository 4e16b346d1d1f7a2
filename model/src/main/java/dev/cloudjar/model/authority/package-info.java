/// AWS's service authorization reference: the actions, resource types and condition keys that policies may name.
@NullMarked
package dev.cloudjar.model.authority;

import org.jspecify.annotations.NullMarked;

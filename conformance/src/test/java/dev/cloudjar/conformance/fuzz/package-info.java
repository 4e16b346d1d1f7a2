/// Bytes that nobody meant, for every parser that meets the network or a user's file: each must understand them
/// or refuse them, and nothing else. `./cloudjar fuzz TARGET MINUTES` looks for such bytes with Jazzer; a short
/// search from the committed corpus is among the tests.
@NullMarked
package dev.cloudjar.conformance.fuzz;

import org.jspecify.annotations.NullMarked;

/// A client of every AWS protocol, made from the models alone and sharing no code with the server: it makes
/// inputs up, writes them as requests, sends these as bytes and reads refusals.
@NullMarked
package dev.cloudjar.conformance.client;

import org.jspecify.annotations.NullMarked;

/// The whole cloud as its clients see it: every operation of every service over the wire, AWS's SDKs and tools
/// for what is built, crashes, hostile bytes, and stubs that must fail where the cloud passes.
@NullMarked
package dev.cloudjar.conformance;

import org.jspecify.annotations.NullMarked;

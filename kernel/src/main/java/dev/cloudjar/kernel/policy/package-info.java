/// The IAM policy language: read, checked, compiled and judged, with a decision that can be explained.
@NullMarked
package dev.cloudjar.kernel.policy;

import org.jspecify.annotations.NullMarked;

/// The text form of AWS's models: lines of facts that people can read and diff, and the overlay that mends them.
///
/// A [Digest] is one service; it is read by [DigestText] and written by it, and [Overlay] changes it in place. What
/// the lines mean is docs/model-digests.md's affair and the schema compiler's.
@NullMarked
package dev.cloudjar.model.digest;

import org.jspecify.annotations.NullMarked;

/// Amazon S3: buckets, the versions of their objects, uploads in parts, and what a bucket is configured to do.
///
/// [Objects] keeps the histories of keys, [Contents] their bytes; each other class answers the operations of
/// one noun. A small body lives in its row, a large one in a blob, one that came in parts stays in them.
@NullMarked
package dev.cloudjar.services.s3;

import org.jspecify.annotations.NullMarked;

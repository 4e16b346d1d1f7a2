/// S3 as AWS's SDK for Java knows it: what is written is read back, what AWS refuses is refused in its words.
@NullMarked
package dev.cloudjar.conformance.s3;

import org.jspecify.annotations.NullMarked;

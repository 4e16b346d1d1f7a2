/// Amazon S3.
@NullMarked
package dev.cloudjar.services.s3;

import org.jspecify.annotations.NullMarked;

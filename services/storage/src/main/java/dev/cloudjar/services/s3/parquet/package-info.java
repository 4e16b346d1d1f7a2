/// Parquet files, read and written without a library: the part of the format that flat tables need.
/// https://parquet.apache.org/docs/file-format/
@NullMarked
package dev.cloudjar.services.s3.parquet;

import org.jspecify.annotations.NullMarked;

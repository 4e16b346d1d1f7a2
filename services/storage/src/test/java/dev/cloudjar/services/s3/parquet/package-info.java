@NullMarked
package dev.cloudjar.services.s3.parquet;

import org.jspecify.annotations.NullMarked;

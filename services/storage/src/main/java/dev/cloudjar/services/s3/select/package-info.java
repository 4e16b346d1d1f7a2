/// S3 Select: its dialect of SQL, the formats of what it reads and writes, and nothing of requests or buckets.
@NullMarked
package dev.cloudjar.services.s3.select;

import org.jspecify.annotations.NullMarked;

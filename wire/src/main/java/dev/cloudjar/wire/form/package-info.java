/// A browser's upload to S3: a form with the object among its fields, read as it arrives.
@NullMarked
package dev.cloudjar.wire.form;

import org.jspecify.annotations.NullMarked;

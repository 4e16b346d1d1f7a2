/// Amazon SQS through AWS's SDK for Java: what the developer guide promises, one behaviour a test. No test here passes
/// against a server that answers without doing.
@NullMarked
package dev.cloudjar.conformance.sqs;

import org.jspecify.annotations.NullMarked;

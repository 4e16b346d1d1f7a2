/// DynamoDB and DynamoDB Streams under AWS's SDK for Java, and its mapper of beans.
@NullMarked
package dev.cloudjar.conformance.dynamodb;

import org.jspecify.annotations.NullMarked;

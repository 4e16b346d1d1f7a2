/// DynamoDB and DynamoDB Streams, each test in a world of its own.
@NullMarked
package dev.cloudjar.services.dynamodb;

import org.jspecify.annotations.NullMarked;

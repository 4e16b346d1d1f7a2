/// Amazon DynamoDB.
@NullMarked
package dev.cloudjar.services.dynamodb;

import org.jspecify.annotations.NullMarked;

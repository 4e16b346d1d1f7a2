/// DynamoDB's expressions: conditions, filters, key conditions, projections and updates, from text to what they
/// do to an item.
@NullMarked
package dev.cloudjar.services.dynamodb.expression;

import org.jspecify.annotations.NullMarked;

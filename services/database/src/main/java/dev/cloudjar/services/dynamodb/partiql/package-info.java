/// The part of PartiQL that DynamoDB has, from text to statements in the terms of DynamoDB's own expressions.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html
@NullMarked
package dev.cloudjar.services.dynamodb.partiql;

import org.jspecify.annotations.NullMarked;

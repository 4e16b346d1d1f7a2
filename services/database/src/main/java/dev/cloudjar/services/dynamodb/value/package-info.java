/// Attribute values: what they are, how they are read from requests and held to AWS's rules, how they are
/// stored, sized and ordered.
@NullMarked
package dev.cloudjar.services.dynamodb.value;

import org.jspecify.annotations.NullMarked;

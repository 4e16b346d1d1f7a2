package dev.cloudjar.services.dynamodb;

import dev.cloudjar.services.dynamodb.value.Type;

/// An attribute that is part of a key, and its type.
record KeyAttribute(String name, Type type) {}

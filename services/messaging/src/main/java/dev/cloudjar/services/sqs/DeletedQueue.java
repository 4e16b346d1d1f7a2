package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// The name of a queue deleted a moment ago, which AWS keeps from being used again for a minute.
record DeletedQueue(String key, Instant at) implements Row<String> {}

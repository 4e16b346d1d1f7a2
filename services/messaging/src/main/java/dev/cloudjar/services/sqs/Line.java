package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// The place of a message in the line of its group, in strict order of sending.
record Line(Key key, Instant sent) implements Row<Line.Key> {
    record Key(Lot lot, String group, long sequence) {}

    static Line of(SentMessage message) {
        SentMessage.Key key = message.key();
        return new Line(new Key(key.lot(), message.group(), key.sequence()), key.sent());
    }

    SentMessage.Key message() {
        return new SentMessage.Key(key.lot(), sent, key.sequence());
    }
}

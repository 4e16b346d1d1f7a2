package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.RECEIPT_HANDLE_IS_INVALID;

import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Tokens;
import java.time.Instant;
import java.util.Optional;

/// What a receipt handle says: which message, and which of its receives.
record Receipt(SentMessage.Key message, int receives) {
    static Receipt of(Flight flight) {
        return new Receipt(flight.key(), flight.receives());
    }

    String seal(Tokens tokens) {
        return tokens.seal(
                scope(message.lot().number()),
                message.lot().emptied() + "." + message.sent().toEpochMilli() + "." + message.sequence() + "."
                        + receives);
    }

    /// The receipt that this world gave for a message of `queue`.
    static Receipt open(Tokens tokens, Queue queue, String handle) {
        String[] parts = tokens.open(scope(queue.lot().number()), handle)
                .map(text -> text.split("\\."))
                .orElseThrow(() -> RECEIPT_HANDLE_IS_INVALID.because(
                        "The input receipt handle \"%s\" is not a valid receipt handle.", handle));
        var lot = new Lot(queue.lot().number(), Integer.parseInt(parts[0]));
        Instant sent = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return new Receipt(new SentMessage.Key(lot, sent, Long.parseLong(parts[2])), Integer.parseInt(parts[3]));
    }

    private static String scope(long queue) {
        return "sqs/" + queue;
    }

    /// Whether it is of the receive that the message is away for.
    boolean isCurrent(Optional<Flight> flight, Instant now) {
        return flight.filter(f -> f.receives() == receives && !f.isOver(now)).isPresent();
    }
}

package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_NAME;

import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.MessageSystemAttributeName;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.kernel.Tokens;
import dev.cloudjar.services.sqs.SentMessage.Attribute;
import dev.cloudjar.services.sqs.SentMessage.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Messages as a receiver sees them: with the attributes that it asked for.
///
/// @param system the names of system attributes
/// @param user the names or prefixes of the sender's attributes
record ReceivedView(Tokens tokens, Sealing sealing, List<String> system, List<String> user) {
    private static final String ALL = MessageSystemAttributeName.ALL;

    static ReceivedView askedBy(ReceiveMessageRequest in, Tokens tokens, Sealing sealing) {
        List<String> system = Stream.concat(in.attributeNames().stream(), in.messageSystemAttributeNames().stream())
                .toList();
        for (String name : system) {
            if (!MessageSystemAttributeName.VALUES.contains(name)) {
                throw INVALID_ATTRIBUTE_NAME.because("Unknown Attribute %s.", name);
            }
        }
        return new ReceivedView(tokens, sealing, system, in.messageAttributeNames());
    }

    Message of(Queue queue, SentMessage message, Flight flight) {
        Content content = message.content();
        String body = sealing.body(content);
        var attributes = new TreeMap<String, Attribute>(content.attributes());
        attributes.keySet().removeIf(name -> !Attributes.wanted(name, user));
        var view = new Message()
                .messageId(message.id())
                .receiptHandle(Receipt.of(flight).seal(tokens))
                .md5OfBody(Attributes.md5(body))
                .body(body)
                .md5OfMessageAttributes(Attributes.md5(attributes));
        if (!attributes.isEmpty()) {
            var values = new LinkedHashMap<String, MessageAttributeValue>();
            attributes.forEach((name, attribute) -> values.put(name, Attributes.write(attribute)));
            view.messageAttributes(values);
        }
        Map<String, String> told = system.isEmpty() ? Map.of() : system(queue, message, flight);
        return told.isEmpty() ? view : view.attributes(told);
    }

    private Map<String, String> system(Queue queue, SentMessage message, Flight flight) {
        Content content = message.content();
        var told = new LinkedHashMap<String, String>();
        told.put(MessageSystemAttributeName.SENDER_ID, content.sender());
        told.put(
                MessageSystemAttributeName.SENT_TIMESTAMP,
                Long.toString(message.key().sent().toEpochMilli()));
        told.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(flight.receives()));
        told.put(
                MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                Long.toString(flight.first().toEpochMilli()));
        tell(told, MessageSystemAttributeName.MESSAGE_GROUP_ID, content.group());
        tell(told, MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, content.deduplication());
        tell(told, MessageSystemAttributeName.AWS_TRACE_HEADER, content.trace());
        if (queue.isFifo()) {
            told.put(MessageSystemAttributeName.SEQUENCE_NUMBER, message.sequenceNumber());
        }
        if (!message.source().isEmpty()) {
            told.put(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, message.source());
        }
        told.keySet().removeIf(name -> !system.contains(ALL) && !system.contains(name));
        return told;
    }

    private static void tell(Map<String, String> told, String name, Optional<String> value) {
        value.ifPresent(text -> told.put(name, text));
    }
}

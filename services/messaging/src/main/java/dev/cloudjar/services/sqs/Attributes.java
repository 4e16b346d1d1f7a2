package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs.MessageAttributeValue;
import dev.cloudjar.api.Sqs.MessageSystemAttributeName;
import dev.cloudjar.api.Sqs.MessageSystemAttributeValue;
import dev.cloudjar.kernel.Utf8;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.sqs.SentMessage.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Message attributes: what SQS accepts of them, how they count towards the size of a message, and the digests by
/// which SDKs check that body and attributes arrived as they were sent.
final class Attributes {
    private static final String TRACE = MessageSystemAttributeName.AWS_TRACE_HEADER;
    private static final int MOST = 10;
    private static final int LONGEST_NAME = 256;
    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private Attributes() {}

    static Map<String, Attribute> read(Map<String, MessageAttributeValue> sent) {
        if (sent.size() > MOST) {
            throw refuse("Number of message attributes [%d] exceeds the allowed maximum [%d].", sent.size(), MOST);
        }
        var attributes = new TreeMap<String, Attribute>();
        sent.forEach((name, value) -> attributes.put(checkName(name), read(name, value)));
        return attributes;
    }

    private static String checkName(String name) {
        boolean dots = name.startsWith(".") || name.endsWith(".") || name.contains("..");
        if (name.isEmpty()) {
            throw refuse("The request must contain non-empty message attribute name.");
        }
        if (name.length() > LONGEST_NAME) {
            throw refuse("Length of message attribute name must be less than 256 bytes.");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("aws.") || lower.startsWith("amazon.")) {
            throw refuse("You can't use message attribute names beginning with 'AWS.' or 'Amazon.'."
                    + " These strings are reserved for internal use.");
        }
        if (dots || !name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0))) {
            throw refuse(
                    "Invalid message (user) attribute name: %s. The name can contain the following characters:"
                            + " A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.). The name must not start"
                            + " or end with a period, and must not have successive periods.",
                    name);
        }
        return name;
    }

    private static Attribute read(String name, MessageAttributeValue value) {
        String type = Optional.ofNullable((String) value.get("DataType")).orElse("");
        if (type.isEmpty()) {
            throw refuse("The message attribute '%s' must contain non-empty message attribute type.", name);
        }
        if (!value.stringListValues().isEmpty() || !value.binaryListValues().isEmpty()) {
            throw refuse("Message attribute list values in SendMessage operation are not supported.");
        }
        var attribute = switch (type.indexOf('.') < 0 ? type : type.substring(0, type.indexOf('.'))) {
            case "String", "Number" -> new Attribute(type, value.stringValue(), Optional.empty());
            case "Binary" -> new Attribute(type, Optional.empty(), value.binaryValue());
            default ->
                throw refuse(
                        "The type of message (user) attribute '%s' is invalid. You must use only the following"
                                + " supported type prefixes: Binary, Number, String.",
                        name);
        };
        if (value(attribute).length == 0) {
            throw refuse("Message (user) attribute '%s' must contain a non-empty value of type '%s'.", name, type);
        }
        attribute.text().ifPresent(Text::check);
        if (type.startsWith("Number") && !isNumber(attribute.text().orElse(""))) {
            throw refuse("Can't cast the value of message (user) attribute '%s' to a number.", name);
        }
        return attribute;
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /// The X-Ray trace header, the one system attribute that a sender may set.
    static Optional<String> readTrace(Map<String, MessageSystemAttributeValue> sent) {
        sent.forEach((name, value) -> {
            if (!name.equals(TRACE)) {
                throw refuse("Message system attribute name '%s' is invalid.", name);
            }
            if (!"String".equals(value.get("DataType"))) {
                throw refuse("The type of message system attribute '%s' is invalid. You must use only String.", name);
            }
            if (value.stringValue().filter(text -> !text.isEmpty()).isEmpty()) {
                throw refuse("Message system attribute '%s' must contain a non-empty value of type 'String'.", name);
            }
        });
        return Optional.ofNullable(sent.get(TRACE)).flatMap(MessageSystemAttributeValue::stringValue);
    }

    static Map<String, Attribute> trace(Optional<String> header) {
        return header.map(text -> Map.of(TRACE, new Attribute("String", header, Optional.empty())))
                .orElse(Map.of());
    }

    static MessageAttributeValue write(Attribute attribute) {
        return new MessageAttributeValue()
                .dataType(attribute.type())
                .stringValue(attribute.text())
                .binaryValue(attribute.binary());
    }

    /// Whether a receiver who asks for `names` wants the attribute `name`.
    static boolean wanted(String name, List<String> names) {
        return names.stream()
                .anyMatch(asked -> asked.equals("All")
                        || asked.equals(name)
                        || asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
    }

    /// The bytes that a message counts: body, and names, types and values of attributes.
    static int size(String body, Map<String, MessageAttributeValue> attributes) {
        int size = Utf8.length(body);
        for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            size += Utf8.length(attribute.getKey())
                    + Utf8.length(String.valueOf(value.get("DataType")))
                    + Utf8.length(value.stringValue().orElse(""))
                    + value.binaryValue().map(Blob::size).orElse(0);
        }
        return size;
    }

    private static byte[] value(Attribute attribute) {
        return attribute
                .binary()
                .map(Blob::bytes)
                .orElseGet(() -> attribute.text().orElse("").getBytes(StandardCharsets.UTF_8));
    }

    static String md5(String body) {
        return Digests.hex(Digests.md5().digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    /// The digest over attributes in the order of their names: each part after its length.
    static Optional<String> md5(Map<String, Attribute> attributes) {
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Digests.md5();
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            part(digest, name.getBytes(StandardCharsets.UTF_8));
            part(digest, attribute.type().getBytes(StandardCharsets.UTF_8));
            digest.update(attribute.binary().isPresent() ? BINARY : TEXT);
            part(digest, value(attribute));
        });
        return Optional.of(Digests.hex(digest.digest()));
    }

    private static void part(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    static String sha256(String body) {
        return Digests.hex(Digests.sha256(body));
    }

    private static AwsError refuse(String message, Object... arguments) {
        return INVALID_PARAMETER_VALUE.because(message, arguments);
    }
}

package dev.cloudjar.kernel;

import java.util.Map;

/// What one service hands to another by way of [Deliveries]: a text, and attributes where the sender has some.
public record Payload(String text, Map<String, String> attributes) {
    public Payload {
        attributes = Map.copyOf(attributes);
    }

    public static Payload of(String text) {
        return new Payload(text, Map.of());
    }
}

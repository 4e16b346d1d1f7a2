package dev.cloudjar.app.style;

/// A place that breaks a rule, and by how much: its size, or how often it does so.
record Finding(Rule rule, String place, int size) {
    /// What the person who meets the finding reads.
    String text() {
        return "%s: %s is %d, the ceiling is %d. %s".formatted(place, rule.id(), size, rule.ceiling(), rule.advice());
    }
}

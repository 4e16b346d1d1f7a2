package dev.cloudjar.services.s3;

import dev.cloudjar.model.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An input read by the names of its members: many of S3's inputs share members without sharing a shape.
record Asked(Struct in) {
    Optional<String> text(String name) {
        return Optional.ofNullable((String) in.get(name));
    }

    /// The text, or nothing where it is empty, too.
    Optional<String> filled(String name) {
        return text(name).filter(text -> !text.isEmpty());
    }

    Optional<Instant> instant(String name) {
        return Optional.ofNullable((Instant) in.get(name));
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable(in.get(name)).map(value -> ((Number) value).longValue());
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(in.get(name));
    }

    boolean has(String name) {
        return in.get(name) != null;
    }

    @SuppressWarnings("unchecked")
    Map<String, String> map(String name) {
        return Optional.ofNullable((Map<String, String>) in.get(name)).orElse(Map.of());
    }

    @SuppressWarnings("unchecked")
    List<String> list(String name) {
        return Optional.ofNullable((List<String>) in.get(name)).orElse(List.of());
    }

    Optional<Struct> struct(String name) {
        return Optional.ofNullable((Struct) in.get(name));
    }

    @SuppressWarnings("unchecked")
    <S extends Struct> List<S> structs(String name) {
        return Optional.ofNullable((List<S>) in.get(name)).orElse(List.of());
    }

    String bucket() {
        return text("Bucket").orElse("");
    }

    String key() {
        return text("Key").orElse("");
    }
}

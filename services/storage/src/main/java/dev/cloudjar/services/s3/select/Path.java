package dev.cloudjar.services.s3.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A way into a value: names, indices, and wildcards over lists and maps.
record Path(List<Step> steps) {
    enum Kind {
        NAME,
        EXACT_NAME,
        INDEX,
        EACH,
        EACH_MEMBER
    }

    record Step(Kind kind, String name, int index) {
        static Step name(String name, boolean exact) {
            return new Step(exact ? Kind.EXACT_NAME : Kind.NAME, name, 0);
        }

        static Step index(int index) {
            return new Step(Kind.INDEX, "", index);
        }

        static Step of(Kind wildcard) {
            return new Step(wildcard, "", 0);
        }

        boolean isWild() {
            return kind == Kind.EACH || kind == Kind.EACH_MEMBER;
        }
    }

    /// The value at the end of the way, or [Absent#MISSING].
    Object in(Object value) {
        Object at = value;
        for (Step step : steps) {
            at = one(at, step);
        }
        return at;
    }

    /// All values at the ends of the ways; one that is missing where there is none.
    List<Object> all(Object value) {
        List<Object> at = List.of(value);
        for (Step step : steps) {
            List<Object> next = new ArrayList<>();
            for (Object each : at) {
                next.addAll(several(each, step));
            }
            at = next.isEmpty() ? List.of(Absent.MISSING) : next;
        }
        return at;
    }

    private static List<Object> several(Object value, Step step) {
        if (step.kind() == Kind.EACH) {
            return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
        }
        if (step.kind() == Kind.EACH_MEMBER) {
            return value instanceof Map<?, ?> map ? List.copyOf(map.values()) : List.of();
        }
        return List.of(one(value, step));
    }

    private static Object one(Object value, Step step) {
        return switch (step.kind()) {
            case NAME, EXACT_NAME ->
                value instanceof Map<?, ?> map
                        ? member(map, step.name(), step.kind() == Kind.EXACT_NAME)
                        : Absent.MISSING;
            case INDEX ->
                value instanceof List<?> list && step.index() < list.size() ? list.get(step.index()) : Absent.MISSING;
            default -> throw Fault.UNSUPPORTED_STRUCTURE.error();
        };
    }

    /// The member called so; where case does not count there must be only one such.
    static Object member(Map<?, ?> map, String name, boolean exact) {
        Object found = map.get(name);
        if (exact || found != null) {
            return found == null ? Absent.MISSING : found;
        }
        List<? extends Map.Entry<?, ?>> alike = map.entrySet().stream()
                .filter(entry -> name.equalsIgnoreCase((String) entry.getKey()))
                .toList();
        if (alike.size() > 1) {
            throw Fault.AMBIGUOUS_FIELD_NAME.error();
        }
        return alike.isEmpty() ? Absent.MISSING : alike.getFirst().getValue();
    }

    /// What the record is called that lies at the end of the way, where the query gives it no name.
    Optional<String> lastName() {
        return steps.isEmpty() || steps.getLast().name().isEmpty()
                ? Optional.empty()
                : Optional.of(steps.getLast().name());
    }
}

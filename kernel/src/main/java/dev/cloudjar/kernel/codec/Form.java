package dev.cloudjar.kernel.codec;

import dev.cloudjar.model.Blob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The form of one stored value: how it is written, read, and described. The description is kept beside the data,
/// so that rows written under an older form can always be read.
interface Form {
    void write(Out out, Object value);

    Object read(In in);

    /// The form in short: `s`, `?l`, `[{id:s,size:l}`.
    String description();

    /// What a component gets that old data lacks.
    Object absent();

    /// Values without parts: `description` is one letter.
    record Plain(String description, Object absent, BiConsumer<Out, Object> writer, Function<In, Object> reader)
            implements Form {
        static final Plain TEXT = new Plain("s", "", (out, v) -> out.text((String) v), In::text);
        static final Plain INT = new Plain("i", 0, (out, v) -> out.number((Integer) v), in -> (int) in.number());
        static final Plain LONG = new Plain("l", 0L, (out, v) -> out.number((Long) v), In::number);
        static final Plain BOOL = new Plain("z", false, (out, v) -> out.one((Boolean) v ? 1 : 0), in -> in.one() == 1);
        static final Plain DOUBLE = new Plain(
                "d",
                0.0,
                (out, v) -> out.fixed(Double.doubleToLongBits((Double) v)),
                in -> Double.longBitsToDouble(in.fixedLong()));
        static final Plain BYTES =
                new Plain("b", Blob.EMPTY, (out, v) -> out.block(((Blob) v).bytes()), in -> Blob.of(in.block()));
        static final Plain INSTANT = new Plain(
                "t",
                Instant.EPOCH,
                (out, v) -> out.pair(((Instant) v).getEpochSecond(), ((Instant) v).getNano()),
                in -> Instant.ofEpochSecond(in.number(), in.number()));
        static final Plain DURATION = new Plain(
                "u",
                Duration.ZERO,
                (out, v) -> out.pair(((Duration) v).getSeconds(), ((Duration) v).getNano()),
                in -> Duration.ofSeconds(in.number(), in.number()));

        static final List<Plain> ALL = List.of(TEXT, INT, LONG, BOOL, DOUBLE, BYTES, INSTANT, DURATION);

        @Override
        public void write(Out out, Object value) {
            writer.accept(out, value);
        }

        @Override
        public Object read(In in) {
            return reader.apply(in);
        }
    }

    /// A value that may not be there.
    record Maybe(Form form) implements Form {
        @Override
        public void write(Out out, Object value) {
            Optional<?> maybe = (Optional<?>) value;
            out.one(maybe.isPresent() ? 1 : 0);
            maybe.ifPresent(v -> form.write(out, v));
        }

        @Override
        public Object read(In in) {
            return in.one() == 1 ? Optional.of(form.read(in)) : Optional.empty();
        }

        @Override
        public String description() {
            return "?" + form.description();
        }

        @Override
        public Object absent() {
            return Optional.empty();
        }
    }

    /// Values in order.
    record Row(Form form) implements Form {
        @Override
        public void write(Out out, Object value) {
            List<?> values = (List<?>) value;
            out.number(values.size());
            values.forEach(v -> form.write(out, v));
        }

        @Override
        public Object read(In in) {
            int size = (int) in.number();
            var values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(form.read(in));
            }
            return List.copyOf(values);
        }

        @Override
        public String description() {
            return "[" + form.description();
        }

        @Override
        public Object absent() {
            return List.of();
        }
    }

    /// Values by name, in the order in which they came.
    record Named(Form form) implements Form {
        @Override
        public void write(Out out, Object value) {
            Map<?, ?> values = (Map<?, ?>) value;
            out.number(values.size());
            values.forEach((k, v) -> {
                out.text((String) k);
                form.write(out, v);
            });
        }

        @Override
        public Object read(In in) {
            int size = (int) in.number();
            var values = LinkedHashMap.<String, Object>newLinkedHashMap(size);
            for (int i = 0; i < size; i++) {
                values.put(in.text(), form.read(in));
            }
            return Collections.unmodifiableMap(values);
        }

        @Override
        public String description() {
            return "m" + form.description();
        }

        @Override
        public Object absent() {
            return Map.of();
        }
    }
}

package dev.cloudjar.kernel.codec;

import dev.cloudjar.model.Blob;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the form of a Java type.
final class Forms {
    private static final Map<Type, Form> PLAIN = Map.ofEntries(
            Map.entry(String.class, Form.Plain.TEXT),
            Map.entry(int.class, Form.Plain.INT),
            Map.entry(Integer.class, Form.Plain.INT),
            Map.entry(long.class, Form.Plain.LONG),
            Map.entry(Long.class, Form.Plain.LONG),
            Map.entry(boolean.class, Form.Plain.BOOL),
            Map.entry(Boolean.class, Form.Plain.BOOL),
            Map.entry(double.class, Form.Plain.DOUBLE),
            Map.entry(Double.class, Form.Plain.DOUBLE),
            Map.entry(Blob.class, Form.Plain.BYTES),
            Map.entry(Instant.class, Form.Plain.INSTANT),
            Map.entry(Duration.class, Form.Plain.DURATION));

    private Forms() {}

    static Form of(Type type) {
        return of(type, Set.of());
    }

    /// The form of a type that is a part of the records `within`; none may be a part of itself.
    static Form of(Type type, Set<Class<?>> within) {
        Form plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type instanceof Class<?> raw) {
            if (raw.isRecord()) {
                return RecordForm.of(raw, raw, within);
            }
            if (raw.isEnum()) {
                return new ChoiceForms.Constant(raw);
            }
            if (raw.isSealed()) {
                return ChoiceForms.OneOf.of(raw, within);
            }
        }
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() instanceof Class<?> raw && raw.isRecord()) {
                return RecordForm.of(raw, generic, within);
            }
            Form last = of(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1], within);
            if (generic.getRawType() == Optional.class) {
                return new Form.Maybe(last);
            }
            if (generic.getRawType() == List.class) {
                return new Form.Row(last);
            }
            if (generic.getRawType() == Map.class && generic.getActualTypeArguments()[0] == String.class) {
                return new Form.Named(last);
            }
        }
        throw new IllegalArgumentException(type + " cannot be stored in a row");
    }

    /// The type of a component of `record`, which may be generic: of a `Phase<Status>`, its status is a `Status`.
    static Type of(RecordComponent component, Type record) {
        if (component.getGenericType() instanceof TypeVariable<?> variable && record instanceof ParameterizedType of) {
            int place =
                    List.of(component.getDeclaringRecord().getTypeParameters()).indexOf(variable);
            return of.getActualTypeArguments()[place];
        }
        return component.getGenericType();
    }
}

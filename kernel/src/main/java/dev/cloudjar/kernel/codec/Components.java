package dev.cloudjar.kernel.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A record class taken apart: its components' names and types, its values, and its constructor. Reflection
/// happens once a class; after that, method handles.
final class Components {
    private static final ClassValue<Components> KNOWN = new ClassValue<>() {
        @Override
        protected Components computeValue(Class<?> type) {
            return new Components(type);
        }
    };

    private final Class<?> type;
    private final RecordComponent[] components;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    private final @Nullable Object[] absent;

    static Components of(Class<?> type) {
        return KNOWN.get(type);
    }

    private Components(Class<?> type) {
        this.type = type;
        try {
            components = type.getRecordComponents();
            absent = new @Nullable Object[components.length];
            accessors = new MethodHandle[components.length];
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            for (int i = 0; i < components.length; i++) {
                var accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                accessors[i] = lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
            }
            var declared = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            declared.setAccessible(true);
            constructor = lookup.unreflectConstructor(declared)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be stored", e);
        }
    }

    RecordComponent[] components() {
        return components;
    }

    /// What component number `component` gets where the data lacks it.
    Object absent(int component) {
        Object known = absent[component];
        if (known == null) {
            known = Forms.of(components[component].getGenericType()).absent();
            absent[component] = known;
        }
        return known;
    }

    Object[] values(Object row) {
        Object[] values = new Object[accessors.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i);
        }
        return values;
    }

    Object value(Object row, int component) {
        try {
            return accessors[component].invokeExact(row);
        } catch (Throwable e) {
            throw new IllegalStateException(components[component] + " cannot be read", e);
        }
    }

    Object make(Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (ClassCastException e) {
            throw new IllegalStateException("a stored row does not fit " + type + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a stored row does not fit its class", e);
        }
    }
}

package dev.cloudjar.kernel.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A record class taken apart: its components' names and types, its values, and its constructor.
final class Components {
    private static final ClassValue<Components> KNOWN = new ClassValue<>() {
        @Override
        protected Components computeValue(Class<?> type) {
            return new Components(type);
        }
    };

    /// How often a class is taken apart by plain reflection before method handles are made for it. They are many times
    /// faster; but making them costs more than all the rows that a start reads and writes.
    private static final int FEW = 500;

    private record Handles(MethodHandle[] accessors, MethodHandle constructor) {}

    private final Class<?> type;
    private final RecordComponent[] components;
    private final Method[] accessors;
    private final Constructor<?> constructor;
    private final @Nullable Object[] absent;
    private volatile @Nullable Handles handles;
    private int uses;

    static Components of(Class<?> type) {
        return KNOWN.get(type);
    }

    private Components(Class<?> type) {
        this.type = type;
        try {
            components = type.getRecordComponents();
            absent = new @Nullable Object[components.length];
            accessors = new Method[components.length];
            for (int i = 0; i < components.length; i++) {
                accessors[i] = components[i].getAccessor();
                accessors[i].setAccessible(true);
            }
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be stored", e);
        }
    }

    /// The handles, once the class has been used often enough; a lost count does no harm.
    private @Nullable Handles handles() {
        Handles known = handles;
        if (known != null || ++uses < FEW) {
            return known;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle[] readers = new MethodHandle[accessors.length];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = lookup.unreflect(accessors[i]).asType(MethodType.methodType(Object.class, Object.class));
            }
            MethodHandle maker = lookup.unreflectConstructor(constructor)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            known = new Handles(readers, maker);
            handles = known;
            return known;
        } catch (IllegalAccessException e) {
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
        Handles fast = handles();
        try {
            return fast != null ? fast.accessors()[component].invokeExact(row) : accessors[component].invoke(row);
        } catch (Throwable e) {
            throw new IllegalStateException(components[component] + " cannot be read", e);
        }
    }

    Object make(Object[] values) {
        Handles fast = handles();
        try {
            return fast != null ? fast.constructor().invokeExact(values) : constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException own ? own : misfit(e);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw misfit(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    private IllegalStateException misfit(Throwable e) {
        return new IllegalStateException("a stored row does not fit " + type + ": " + e.getMessage(), e);
    }
}

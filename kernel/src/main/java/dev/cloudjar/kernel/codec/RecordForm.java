package dev.cloudjar.kernel.codec;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A record, component by component in order, without names: those stand in the description.
///
/// The components as they were written need not be those of the class today: one that the class no longer has is
/// read and dropped, one that the data lacks gets its absent value.
record RecordForm(Class<?> type, String[] names, Form[] forms, int[] places) implements Form {
    static RecordForm of(Class<?> type, Set<Class<?>> around) {
        return of(type, type, around);
    }

    /// The form of a record class as `generic` says what its type parameters are.
    static RecordForm of(Class<?> type, Type generic, Set<Class<?>> around) {
        Set<Class<?>> within = new HashSet<>(around);
        if (!within.add(type)) {
            throw new IllegalArgumentException(type + " cannot be stored in a row: it is a part of itself");
        }
        RecordComponent[] components = Components.of(type).components();
        String[] names = new String[components.length];
        Form[] forms = new Form[components.length];
        int[] places = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName();
            forms[i] = Forms.of(Forms.of(components[i], generic), within);
            places[i] = i;
        }
        return new RecordForm(type, names, forms, places);
    }

    @Override
    public void write(Out out, Object value) {
        Components components = Components.of(type);
        for (int i = 0; i < forms.length; i++) {
            forms[i].write(out, components.value(value, i));
        }
    }

    @Override
    public Object read(In in) {
        Components components = Components.of(type);
        Object[] values = new Object[components.components().length];
        for (int i = 0; i < forms.length; i++) {
            Object value = forms[i].read(in);
            if (places[i] >= 0) {
                values[places[i]] = value;
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                values[i] = components.absent(i);
            }
        }
        return components.make(values);
    }

    /// Where the class keeps the component called `name` today.
    static Optional<Integer> place(Class<?> type, String name) {
        RecordComponent[] components = Components.of(type).components();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    @Override
    public String description() {
        var text = new StringBuilder("{");
        for (int i = 0; i < forms.length; i++) {
            text.append(i == 0 ? "" : ",").append(names[i]).append(':').append(forms[i].description());
        }
        return text.append('}').toString();
    }

    /// A record of absent values.
    @Override
    public Object absent() {
        Components components = Components.of(type);
        Object[] values = new Object[components.components().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.absent(i);
        }
        return components.make(values);
    }
}

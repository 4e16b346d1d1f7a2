package dev.cloudjar.kernel.codec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Forms of values that are one of several: an enum's constants, the records of a sealed interface.
final class ChoiceForms {
    private ChoiceForms() {}

    /// A constant, by name, so that constants may be added and reordered.
    record Constant(Class<?> type) implements Form {
        @Override
        public void write(Out out, Object value) {
            out.text(((Enum<?>) value).name());
        }

        @Override
        public Object read(In in) {
            String name = in.text();
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalStateException(type.getSimpleName() + " has no " + name);
        }

        @Override
        public String description() {
            return "e";
        }

        @Override
        public Object absent() {
            return type.getEnumConstants()[0];
        }
    }

    /// One of the records of a sealed interface, by its simple name.
    record OneOf(Class<?> type, Map<String, Form> cases) implements Form {
        static OneOf of(Class<?> type, Set<Class<?>> within) {
            var cases = new LinkedHashMap<String, Form>();
            permitted(type).forEach(each -> cases.put(each.getSimpleName(), Forms.of(each, within)));
            return new OneOf(type, cases);
        }

        /// The records and enums that a sealed interface allows, also by way of other sealed interfaces.
        static Stream<Class<?>> permitted(Class<?> type) {
            return type.isSealed() && type.isInterface()
                    ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OneOf::permitted)
                    : Stream.of(type);
        }

        @Override
        public void write(Out out, Object value) {
            Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
            String name = type.getSimpleName();
            out.text(name);
            form(name).write(out, value);
        }

        @Override
        public Object read(In in) {
            return form(in.text()).read(in);
        }

        private Form form(String name) {
            Form form = cases.get(name);
            if (form == null) {
                throw new IllegalStateException(type.getSimpleName() + " has no case " + name);
            }
            return form;
        }

        @Override
        public String description() {
            var text = new StringBuilder("<");
            cases.forEach((name, form) -> text.append(text.length() == 1 ? "" : "|")
                    .append(name)
                    .append(':')
                    .append(form.description()));
            return text.append('>').toString();
        }

        @Override
        public Object absent() {
            return cases.values().iterator().next().absent();
        }
    }
}

package dev.cloudjar.kernel.codec;

import dev.cloudjar.kernel.codec.ChoiceForms.Constant;
import dev.cloudjar.kernel.codec.ChoiceForms.OneOf;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a description that an older program left beside its data, and binds it to today's classes as far as they
/// still have the same names. What they no longer have is still read, to get past it.
final class FormParser {
    private enum Dropped {
        VALUE
    }

    private record DroppedRecord() {}

    private final String text;
    private int at;

    private FormParser(String text) {
        this.text = text;
    }

    static Form parse(String description, Class<?> type) {
        return new FormParser(description).form(type);
    }

    private Form form(@Nullable Type type) {
        char kind = text.charAt(at++);
        return switch (kind) {
            case '?' -> new Form.Maybe(form(argument(type, 0)));
            case '[' -> new Form.Row(form(argument(type, 0)));
            case 'm' -> new Form.Named(form(argument(type, 1)));
            case 'e' -> type instanceof Class<?> raw && raw.isEnum() ? new Constant(raw) : Form.Plain.TEXT;
            case '{' -> record(type == null ? DroppedRecord.class : type);
            case '<' -> oneOf(type instanceof Class<?> raw ? raw : Dropped.class);
            default -> plain(kind);
        };
    }

    private static Form plain(char kind) {
        for (Form.Plain plain : Form.Plain.ALL) {
            if (plain.description().charAt(0) == kind) {
                return plain;
            }
        }
        throw new IllegalStateException("stored rows have a form that this version of Cloudjar does not know: " + kind);
    }

    private static @Nullable Type argument(@Nullable Type type, int index) {
        return type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > index
                ? generic.getActualTypeArguments()[index]
                : null;
    }

    private RecordForm record(Type generic) {
        Class<?> raw = raw(generic);
        Class<?> type = raw.isRecord() ? raw : DroppedRecord.class;
        List<String> names = new ArrayList<>();
        List<Form> forms = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        RecordComponent[] components = Components.of(type).components();
        while (text.charAt(at) != '}') {
            String name = name();
            Optional<Integer> place = RecordForm.place(type, name);
            names.add(name);
            forms.add(form(place.map(p -> Forms.of(components[p], generic)).orElse(null)));
            places.add(place.orElse(-1));
            skip(',');
        }
        at++;
        return new RecordForm(
                type,
                names.toArray(String[]::new),
                forms.toArray(Form[]::new),
                places.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : (Class<?>) type;
    }

    private OneOf oneOf(Class<?> type) {
        var cases = new LinkedHashMap<String, Form>();
        while (text.charAt(at) != '>') {
            String name = name();
            Class<?> permitted = OneOf.permitted(type)
                    .filter(each -> each.getSimpleName().equals(name))
                    .findFirst()
                    .orElse(null);
            cases.put(name, form(permitted));
            skip('|');
        }
        at++;
        return new OneOf(type, cases);
    }

    private String name() {
        int colon = text.indexOf(':', at);
        String name = text.substring(at, colon);
        at = colon + 1;
        return name;
    }

    private void skip(char separator) {
        if (text.charAt(at) == separator) {
            at++;
        }
    }
}

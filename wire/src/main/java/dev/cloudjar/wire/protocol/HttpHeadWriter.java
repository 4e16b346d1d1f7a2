package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import java.util.List;
import java.util.Map;

/// Writes the members that travel in an answer's headers and status.
final class HttpHeadWriter {
    private static final int PARTIAL = 206;

    private final HttpBinding binding;

    HttpHeadWriter(HttpBinding binding) {
        this.binding = binding;
    }

    void headers(Struct from, Headers into) {
        for (Member member : binding.headers()) {
            Object value = from.get(member);
            if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                into.add(member.wireName(), HeaderText.format(member, value));
            }
        }
        for (Member member : binding.prefixes()) {
            if (from.get(member) instanceof Map<?, ?> values) {
                values.forEach((name, value) -> into.add(member.wireName() + name, (String) value));
            }
        }
    }

    /// The status that the answer names, or that of a part where it says which part of the whole it is.
    int status(Struct from, int usual) {
        for (Member member : binding.status()) {
            if (from.get(member) instanceof Integer status) {
                return status;
            }
        }
        return binding.range().filter(member -> from.get(member) != null).isPresent() ? PARTIAL : usual;
    }
}

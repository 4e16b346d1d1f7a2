package dev.cloudjar.wire.protocol;

/// Walks the parameters of a query string or form.
final class QueryString {
    private QueryString() {}

    /// Takes one parameter, decoded; one without an equals sign is empty.
    @FunctionalInterface
    interface Parameters {
        void accept(String name, String value);
    }

    static void forEach(String text, Parameters each) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                int equals = text.indexOf('=', start);
                equals = equals < 0 || equals > end ? end : equals;
                String value = equals == end ? "" : Percent.query(text, equals + 1, end);
                each.accept(Percent.query(text, start, equals), value);
            }
            start = end + 1;
        }
    }
}

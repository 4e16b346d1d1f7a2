package dev.cloudjar.model.generator;

/// Java text as it is written: lines and blocks, indented.
final class Source {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /// Writes a line; `{}` stands for the next argument.
    Source line(String template, Object... arguments) {
        text.repeat(' ', depth * 4);
        int from = 0;
        for (Object argument : arguments) {
            int hole = template.indexOf("{}", from);
            text.append(template, from, hole).append(argument);
            from = hole + 2;
        }
        text.append(template, from, template.length()).append('\n');
        return this;
    }

    /// Writes a line and indents those that follow, until [#close].
    Source open(String template, Object... arguments) {
        line(template + " {", arguments);
        depth++;
        return this;
    }

    Source close() {
        depth--;
        return line("}");
    }

    static String literal(String value) {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                literal.append("\\u%04x".formatted((int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

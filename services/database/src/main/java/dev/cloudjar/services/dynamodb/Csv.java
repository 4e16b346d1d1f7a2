package dev.cloudjar.services.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The records of a CSV file, as RFC 4180 has them: a cell in quotes may hold delimiters, line breaks, and quotes
/// that are doubled.
final class Csv {
    private static final char QUOTE = '"';

    private final BufferedReader file;
    private final char delimiter;

    Csv(BufferedReader file, char delimiter) {
        this.file = file;
        this.delimiter = delimiter;
    }

    /// The cells of the next record; none at the end of the file. Blank lines are passed over.
    List<String> next() throws IOException {
        String line = file.readLine();
        while (line != null && line.isEmpty()) {
            line = file.readLine();
        }
        return line == null ? List.of() : cells(line);
    }

    private List<String> cells(String first) throws IOException {
        List<String> cells = new ArrayList<>();
        var cell = new StringBuilder();
        String line = first;
        boolean quoted = false;
        int at = 0;
        while (at < line.length() || quoted) {
            if (at == line.length()) {
                String more = file.readLine();
                if (more == null) {
                    break;
                }
                cell.append('\n');
                line = more;
                at = 0;
                continue;
            }
            char c = line.charAt(at++);
            boolean doubled = quoted && c == QUOTE && at < line.length() && line.charAt(at) == QUOTE;
            if (doubled) {
                cell.append(QUOTE);
                at++;
            } else if (c == QUOTE && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}

package dev.cloudjar.model.digest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Reads and writes the text of a digest. Two spaces indent a line under the one above it; a blank line stands
/// around each block of lines so that a diff keeps them apart.
public final class DigestText {
    private static final String INDENT = "  ";

    private DigestText() {}

    public static String write(Digest digest) {
        var text = new StringBuilder();
        boolean apart = false;
        for (Entry entry : digest.entries()) {
            boolean block = !entry.entries().isEmpty();
            if (!text.isEmpty() && (block || apart)) {
                text.append('\n');
            }
            write(entry, 0, text);
            apart = block;
        }
        return text.toString();
    }

    private static void write(Entry entry, int depth, StringBuilder text) {
        text.append(INDENT.repeat(depth));
        String separator = "";
        for (String word : entry.words()) {
            text.append(separator).append(Token.word(word));
            separator = " ";
        }
        entry.flags().forEach(flag -> text.append(' ').append(flag));
        entry.facts()
                .forEach(
                        (key, value) -> text.append(' ').append(key).append('=').append(Token.value(value)));
        text.append('\n');
        for (Entry nested : entry.entries()) {
            write(nested, depth + 1, text);
        }
    }

    public static Digest read(String text) {
        List<Entry> top = new ArrayList<>();
        Deque<Entry> open = new ArrayDeque<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int depth = depth(line);
            while (open.size() > depth) {
                open.pop();
            }
            Entry parent = open.peek();
            Entry entry = line(line, fixedWords(parent == null ? "" : parent.kind(), depth, line));
            if (parent == null) {
                top.add(entry);
            } else {
                parent.under(entry);
            }
            open.push(entry);
        });
        return new Digest(top);
    }

    private static int depth(String line) {
        int spaces = 0;
        while (line.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces / INDENT.length();
    }

    /// How many words of a line have a meaning by their place; those after them are flags.
    private static int fixedWords(String parent, int depth, String line) {
        if (depth > 0) {
            return parent.equals("structure") ? 2 : Integer.MAX_VALUE;
        }
        return switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
            case "operation", "map" -> 4;
            case "list", "waiter" -> 3;
            default -> 2;
        };
    }

    private static Entry line(String line, int fixedWords) {
        List<String> words = new ArrayList<>();
        Entry entry = Entry.of();
        for (Token token : Token.read(line)) {
            if (token.key().isPresent()) {
                entry.with(token.key().get(), token.text());
            } else if (words.size() < fixedWords) {
                words.add(token.text());
            } else {
                entry.flag(token.text(), true);
            }
        }
        entry.words().addAll(words);
        return entry;
    }
}

package dev.cloudjar.model.digest;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Mends of AWS's models, a line each, with the reason at its end: service, what is mended, the flags and facts
/// that it gets, then ` # ` and why. What is not there to be mended is an error, so that no mend outlives its
/// fault.
public final class Overlay {
    private static final String REASON = " # ";

    private final List<String> lines;

    private Overlay(List<String> lines) {
        this.lines = lines;
    }

    public static Overlay read(String text) {
        return new Overlay(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    /// Mends `digest` in place.
    public void applyTo(Digest digest) {
        lines.stream().filter(line -> line.startsWith(digest.id() + " ")).forEach(line -> mend(line, digest));
    }

    private static void mend(String line, Digest digest) {
        int reason = line.indexOf(REASON);
        if (reason < 0) {
            throw new IllegalArgumentException("A mend without its reason: " + line);
        }
        List<Token> tokens = Token.read(line.substring(0, reason));
        String kind = tokens.get(1).text();
        String name = tokens.get(2).text();
        List<Token> changes = tokens.subList(3, tokens.size());
        if (kind.equals("service")) {
            replace(digest.service(), name, changes);
            return;
        }
        if (kind.equals("new")) {
            add(name, digest, changes);
            return;
        }
        Entry entry = find(kind, name, digest)
                .orElseThrow(() -> new IllegalArgumentException("A mend of what is not there: " + line));
        changes.forEach(change -> change(entry, change));
    }

    private static void replace(Entry service, String key, List<Token> values) {
        service.entries().removeIf(e -> e.kind().equals(key));
        Entry entry = Entry.of(key);
        values.forEach(value -> entry.words().add(value.text()));
        service.under(entry);
    }

    /// A member that AWS speaks of and its model does not: its shape, flags and facts.
    private static void add(String name, Digest digest, List<Token> changes) {
        int dot = name.indexOf('.');
        Entry member = Entry.of(name.substring(dot + 1));
        member.words().add(changes.getFirst().text());
        changes.stream().skip(1).forEach(change -> change(member, change));
        digest.shape(name.substring(0, dot))
                .orElseThrow(() -> new IllegalArgumentException("A new member of what is not there: " + name))
                .under(member);
    }

    private static Optional<Entry> find(String kind, String name, Digest digest) {
        return switch (kind) {
            case "operation" -> digest.operation(name);
            case "shape" -> digest.shape(name);
            case "member" -> {
                int dot = name.indexOf('.');
                yield digest.shape(name.substring(0, dot)).flatMap(s -> s.entry(name.substring(dot + 1)));
            }
            default -> Optional.empty();
        };
    }

    private static void change(Entry entry, Token change) {
        if (change.key().isPresent()) {
            fact(entry, change.key().get(), change.text());
        } else if (change.text().startsWith("-")) {
            String gone = change.text().substring(1);
            entry.flags().remove(gone);
            entry.facts().remove(gone);
        } else {
            entry.flag(change.text(), true);
        }
    }

    /// `type` changes what a shape is, `target` the shape of a member, `order` that of known values, `value` is
    /// one more of them; all else is a fact of the line.
    private static void fact(Entry entry, String key, String value) {
        switch (key) {
            case "order" -> {
                List<String> order = List.of(value.split(","));
                entry.entries().sort(Comparator.comparing(known -> order.indexOf(known.kind())));
            }
            case "type" -> entry.words().set(0, value);
            case "target" -> entry.words().set(1, value);
            case "value" -> entry.under(Entry.of(value));
            default -> entry.with(key, value);
        }
    }
}

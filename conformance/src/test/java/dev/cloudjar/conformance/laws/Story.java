package dev.cloudjar.conformance.laws;

import java.util.ArrayList;
import java.util.List;

/// What came of calls, line by line. It is written down from two accounts, and what is not the same in both is a
/// `*`; later it is told once, and has to be the same but for that.
final class Story {
    private static final String ANYTHING = "*";
    private static final String ANY_LINE = "  *";

    private Story() {}

    /// One chapter, told twice.
    static List<String> of(Court court, Act act, Chapter chapter) {
        return merged(told(court, act, chapter), told(court, act, chapter));
    }

    /// One chapter, told once, with a `*` where `committed` has one.
    static List<String> like(List<String> committed, Court court, Act act, Chapter chapter) {
        return masked(told(court, act, chapter), committed);
    }

    /// Always at the same time, from which moments are told.
    private static List<String> told(Court court, Act act, Chapter chapter) {
        court.rest();
        var pen = new Pen(court);
        pen.line(act.name() + chapter.title());
        chapter.tell(court, act, pen);
        return pen.lines();
    }

    private static List<String> merged(List<String> one, List<String> other) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            lines.add(i < one.size() && i < other.size() ? merged(one.get(i), other.get(i)) : ANY_LINE);
        }
        return lines;
    }

    /// Lines of leaves are compared leaf by leaf.
    private static String merged(String one, String other) {
        String[] parts = one.split("; ", -1);
        String[] others = other.split("; ", -1);
        if (parts.length != others.length) {
            return one.substring(0, Math.max(0, one.indexOf(':'))) + ": " + ANYTHING;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals(others[i])) {
                parts[i] = start(parts[i]) + ANYTHING;
            }
        }
        return String.join("; ", parts);
    }

    /// The name of a leaf, or all of a line up to what was told.
    private static String start(String part) {
        int end = part.indexOf('=') < 0 ? part.indexOf(':') + 1 : part.indexOf('=');
        return part.substring(0, end + 1);
    }

    private static List<String> masked(List<String> told, List<String> committed) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.max(told.size(), committed.size()); i++) {
            if (i < told.size()) {
                lines.add(i < committed.size() ? masked(told.get(i), committed.get(i)) : told.get(i));
            } else if (committed.get(i).equals(ANY_LINE)) {
                lines.add(ANY_LINE);
            }
        }
        return lines;
    }

    private static String masked(String told, String committed) {
        if (committed.equals(ANY_LINE) || hides(committed, told)) {
            return committed;
        }
        String[] parts = told.split("; ", -1);
        String[] others = committed.split("; ", -1);
        if (parts.length != others.length) {
            return told;
        }
        for (int i = 0; i < parts.length; i++) {
            if (hides(others[i], parts[i])) {
                parts[i] = others[i];
            }
        }
        return String.join("; ", parts);
    }

    private static boolean hides(String committed, String told) {
        return committed.endsWith(ANYTHING)
                && committed.indexOf("; ") < 0
                && told.startsWith(committed.substring(0, committed.length() - ANYTHING.length()));
    }
}

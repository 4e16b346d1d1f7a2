package dev.cloudjar.app.style;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The places that are excused from a rule, each with its size and the reason. It may only shrink: an excuse that
/// is larger than needed is a complaint as well.
///
/// A line reads `method-lines 47 kernel/src/…/Time.java#run: the reason`; lines that begin with `#` are comments.
final class Baseline {
    private static final Pattern LINE = Pattern.compile("(\\S+) +(\\d+) +(\\S+): (\\S.*)");

    private record Key(String rule, String place) {}

    private final Map<Key, Integer> excused = new LinkedHashMap<>();

    private Baseline() {}

    static Baseline parse(String text) {
        var baseline = new Baseline();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(baseline::add);
        return baseline;
    }

    private void add(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || Rule.of(parts.group(1)).isEmpty()) {
            throw new IllegalArgumentException("not `rule size place: reason`: " + line);
        }
        excused.put(new Key(parts.group(1), parts.group(3)), Integer.parseInt(parts.group(2)));
    }

    /// What is wrong: findings that nothing excuses, and excuses that nothing needs.
    List<String> complaints(List<Finding> findings) {
        Map<Key, Finding> worst = worst(findings);
        var complaints = new ArrayList<String>();
        worst.forEach((key, finding) -> {
            if (finding.size() > excused.getOrDefault(key, 0)) {
                complaints.add(finding.text());
            }
        });
        excused.forEach((key, size) -> {
            Finding finding = worst.get(key);
            if (finding == null) {
                complaints.add("%s is tidy: take its %s from the baseline.".formatted(key.place(), key.rule()));
            } else if (finding.size() < size) {
                complaints.add("%s: lower its %s in the baseline from %d to %d."
                        .formatted(key.place(), key.rule(), size, finding.size()));
            }
        });
        return complaints;
    }

    /// One finding for a rule and a place: the largest size, or how often something forbidden happens.
    private static Map<Key, Finding> worst(List<Finding> findings) {
        var worst = new TreeMap<Key, Finding>(Comparator.comparing(Key::place).thenComparing(Key::rule));
        for (Finding finding : findings) {
            worst.merge(new Key(finding.rule().id(), finding.place()), finding, Baseline::join);
        }
        return worst;
    }

    private static Finding join(Finding one, Finding other) {
        boolean counts = one.rule().ceiling() == 0;
        int size = counts ? one.size() + other.size() : Math.max(one.size(), other.size());
        return new Finding(one.rule(), one.place(), size);
    }
}

package dev.cloudjar.app.style;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules that need only a file's text and name.
final class TextRules {
    private static final Pattern BANNED_WORD = Pattern.compile("\\b(TO(DO)|FIX(ME)|X(XX))\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w/.])/(home|root|tmp|work|Users)/");

    private TextRules() {}

    static List<Finding> check(SourceFile file) {
        var findings = new ArrayList<Finding>();
        count(Rule.BANNED_WORD, BANNED_WORD, file, findings);
        count(Rule.MACHINE_PATH, MACHINE_PATH, file, findings);
        return findings;
    }

    private static void count(Rule rule, Pattern pattern, SourceFile file, List<Finding> findings) {
        int times = (int) pattern.matcher(file.text()).results().count();
        if (times > rule.ceiling()) {
            findings.add(new Finding(rule, file.name(), times));
        }
    }

    /// The packages of which no package-info.java of their module says that they are null-marked.
    static List<Finding> unmarkedPackages(List<SourceFile> files) {
        Set<String> marked = files.stream()
                .filter(file -> file.name().endsWith("/package-info.java"))
                .filter(file -> file.text().contains("@NullMarked"))
                .map(TextRules::folder)
                .collect(Collectors.toSet());
        var all = new TreeSet<String>();
        files.forEach(file -> all.add(folder(file)));
        all.removeAll(marked);
        all.removeIf(folder -> marked.contains(folder.replace("/src/test/", "/src/main/")));
        return all.stream()
                .map(folder -> new Finding(Rule.NULL_MARKED, folder, 1))
                .toList();
    }

    private static String folder(SourceFile file) {
        return file.name().substring(0, file.name().lastIndexOf('/'));
    }
}

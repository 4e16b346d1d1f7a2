package dev.cloudjar.app.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule finds what it forbids, and only that; the baseline excuses what it names, and only that.
class TidyRulesTest {
    private static final String FILE = "kernel/src/main/java/a/A.java";
    private static final String INFO = "kernel/src/main/java/a/package-info.java";
    private static final String MARKED = "@NullMarked package a;";
    private static final String TIDY = """
            package a;

            /// A thing.
            record A(int b) {
                static final int C = 1;

                int d(int e, int f, int g, int h, int i) {
                    try {
                        if (e > f) { return e; } else if (e > g) { return g; } else if (e > h) { return h; }
                        return Integer.parseInt("%d".formatted(i));
                    } catch (NumberFormatException none) {
                        return b;
                    }
                }
            }
            """;

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments(Rule.TYPE_DOC, "/// A thing.", "// A thing."),
                arguments(Rule.CATCH_ALL, "NumberFormatException none", "Exception none"),
                arguments(Rule.CATCH_ALL, "NumberFormatException none", "Error | Throwable none"),
                arguments(Rule.EMPTY_CATCH, "        return b;\n", ""),
                arguments(Rule.STATIC_STATE, "static final int", "static int"),
                arguments(Rule.BANNED_NAME, "record A(", "record TableManager("),
                arguments(Rule.BANNED_NAME, "record A(", "record TableUtil("),
                arguments(Rule.BANNED_WORD, "A thing.", "A thing. TO" + "DO: more."),
                arguments(Rule.MACHINE_PATH, "%d", "/" + "home/me/%d"),
                arguments(Rule.PARAMETERS, "int h, int i", "int h, int i, int j"),
                arguments(Rule.COMPONENTS, "int b", "int b, int j, int k, int l, int m, int n, int o, int p, int q"),
                arguments(Rule.NESTING, "{ return h; }", "{ while (h > 1) { if (h > 2) { for (;;) { return h; } } } }"),
                arguments(Rule.METHOD_LINES, "return b;", "\n".repeat(40) + "return b;"),
                arguments(Rule.FILE_LINES, "package a;", "package a;" + "\n".repeat(400)),
                arguments(Rule.IMPORTS, "package a;", "package a;" + "import java.util.List;".repeat(31)),
                arguments(Rule.TEST_ORDER, "record A", "@TestMethodOrder(A.class) record A"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void oneEditMakesATidyFileUntidy(Rule rule, String tidy, String untidy) {
        assertThat(check(Map.of(FILE, TIDY, INFO, MARKED))).isEmpty();

        List<Finding> findings = check(Map.of(FILE, TIDY.replace(tidy, untidy), INFO, MARKED));

        assertThat(findings).extracting(Finding::rule).containsExactly(rule);
    }

    @Test
    void aPackageMustBeMarked() {
        assertThat(check(Map.of(FILE, TIDY)))
                .containsExactly(new Finding(Rule.NULL_MARKED, "kernel/src/main/java/a", 1));
    }

    @Test
    void testsMayRelyOnTheMarkOfTheCodeTheyTest() {
        assertThat(check(Map.of(FILE, TIDY, INFO, MARKED, FILE.replace("main", "test"), TIDY)))
                .isEmpty();
    }

    @Test
    void anExcuseCoversItsPlaceUpToItsSize() {
        var found = new Finding(Rule.METHOD_LINES, FILE + "#d", 50);

        assertThat(complaints("method-lines 50 " + FILE + "#d: it is a table", found))
                .isEmpty();
        assertThat(complaints("method-lines 49 " + FILE + "#d: it is a table", found))
                .singleElement()
                .asString()
                .contains("method-lines is 50");
        assertThat(complaints("method-lines 50 " + FILE + "#e: it is a table", found))
                .hasSize(2);
    }

    @Test
    void anExcuseLargerThanNeededIsAComplaint() {
        var found = new Finding(Rule.METHOD_LINES, FILE + "#d", 50);

        assertThat(complaints("method-lines 51 " + FILE + "#d: it is a table", found))
                .containsExactly(FILE + "#d: lower its method-lines in the baseline from 51 to 50.");
        assertThat(complaints("method-lines 51 " + FILE + "#d: it is a table"))
                .containsExactly(FILE + "#d is tidy: take its method-lines from the baseline.");
    }

    private static List<String> complaints(String excuses, Finding... findings) {
        return Baseline.parse(excuses).complaints(List.of(findings));
    }

    private static List<Finding> check(Map<String, String> texts) {
        List<SourceFile> files = SourceFile.of(texts);
        var findings = new ArrayList<>(TextRules.unmarkedPackages(files));
        for (SourceFile file : files) {
            findings.addAll(TreeRules.check(file));
            findings.addAll(TextRules.check(file));
        }
        return findings;
    }
}

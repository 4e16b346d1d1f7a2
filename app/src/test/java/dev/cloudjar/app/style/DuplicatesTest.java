package dev.cloudjar.app.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.sourceforge.pmd.cpd.CPDConfiguration;
import net.sourceforge.pmd.cpd.CpdAnalysis;
import net.sourceforge.pmd.cpd.Mark;
import net.sourceforge.pmd.cpd.Match;
import net.sourceforge.pmd.lang.java.JavaLanguageModule;
import org.junit.jupiter.api.Test;

/// Runs of sixty tokens and more that stand in the code twice. Their total is written down in
/// `app/src/test/style/duplicates.txt`, which may only fall, and has to once a tenth of it is gone.
class DuplicatesTest {
    private static final int TOKENS = 60;

    @Test
    void noMoreIsCopiedThanBefore() throws IOException {
        Checkout checkout = Checkout.find();
        List<Match> matches = matches(checkout);
        int total = matches.stream().mapToInt(DuplicatesTest::copied).sum();
        String written = Checkout.read(checkout.root().resolve("app/src/test/style/duplicates.txt"));
        int allowed = Integer.parseInt(written.strip());

        assertThat(total).as("tokens copied:%n%s", describe(checkout, matches)).isBetween(allowed * 9 / 10, allowed);
    }

    private static int copied(Match match) {
        return match.getTokenCount() * (match.getMarkCount() - 1);
    }

    private static String describe(Checkout checkout, List<Match> matches) {
        return matches.stream()
                .map(match -> match.getTokenCount() + " tokens: " + places(checkout, match))
                .collect(Collectors.joining("\n"));
    }

    private static String places(Checkout checkout, Match match) {
        return match.getMarkSet().stream()
                .map(Mark::getLocation)
                .map(place -> checkout.name(Path.of(place.getFileId().getAbsolutePath())) + ":" + place.getStartLine())
                .collect(Collectors.joining(", "));
    }

    private static List<Match> matches(Checkout checkout) throws IOException {
        var settings = new CPDConfiguration();
        settings.setOnlyRecognizeLanguage(JavaLanguageModule.getInstance());
        settings.setMinimumTileSize(TOKENS);
        var matches = new ArrayList<Match>();
        try (CpdAnalysis analysis = CpdAnalysis.create(settings)) {
            checkout.sources().forEach(analysis.files()::addFile);
            analysis.performAnalysis(report -> matches.addAll(report.getMatches()));
        }
        return matches;
    }
}

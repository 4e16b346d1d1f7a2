package dev.cloudjar.app.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds every hand-written Java file to the house style, but for what `app/src/test/style/baseline.txt` excuses.
class TidyTest {
    @Test
    void everyFileIsTidyOrExcused() {
        Checkout checkout = Checkout.find();
        List<SourceFile> files = SourceFile.of(checkout);
        var findings = new ArrayList<>(TextRules.unmarkedPackages(files));
        for (SourceFile file : files) {
            findings.addAll(TreeRules.check(file));
            findings.addAll(TextRules.check(file));
        }
        String excuses = Checkout.read(checkout.root().resolve("app/src/test/style/baseline.txt"));

        assertThat(files).isNotEmpty();
        assertThat(Baseline.parse(excuses).complaints(findings)).isEmpty();
    }
}

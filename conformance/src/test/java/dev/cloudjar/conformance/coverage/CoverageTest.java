package dev.cloudjar.conformance.coverage;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.laws.LawBook;
import dev.cloudjar.conformance.laws.WithLawBook;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// `docs/coverage` says what this cloud answers, operation by operation. An operation that is lost is a
/// difference that someone must explain.
@OnCloud
@WithLawBook
class CoverageTest {
    private static final String FOLDER = "../docs/coverage/";

    @Test
    void isWrittenDown(TestCloud cloud, LawBook book) throws IOException {
        var pages = new CoveragePages(cloud.world(), book);

        Committed.check(FOLDER + "README.md", pages.overview());
        for (String service : pages.built()) {
            Committed.check(FOLDER + service + ".md", pages.service(service));
        }
    }
}

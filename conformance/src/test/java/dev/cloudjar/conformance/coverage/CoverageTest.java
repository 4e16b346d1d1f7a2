package dev.cloudjar.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.laws.LawBook;
import dev.cloudjar.conformance.laws.WithLawBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/coverage` says what this cloud answers, operation by operation. An operation that is lost is a
/// difference that someone must explain, and a card does not get worse unless somebody says that it may.
@OnCloud
@WithLawBook
class CoverageTest {
    private static final String FOLDER = "../docs/coverage/";
    private static final String CARD = """
            | operation | answered | laws | enforced | durable | clients | errors not seen |
            |---|---|---|---|---|---|---|
            | CreateQueue | yes | written is read back, names conflict | yes | yes | boto3 (one.py) |  |
            """;

    @Test
    void isWrittenDown(TestCloud cloud, LawBook book) throws IOException {
        var pages = new CoveragePages(cloud.world(), book);

        for (String service : pages.built()) {
            String page = pages.service(service);
            Path file = Path.of(FOLDER + service + ".md");
            if (Files.exists(file) && !Boolean.getBoolean("cloudjar.worse")) {
                assertThat(Worse.than(Files.readString(file), page))
                        .as("what is not shown of %s any more (-Dcloudjar.worse=true accepts it)", service)
                        .isEmpty();
            }
            Committed.check(file.toString(), page);
        }
        Committed.check(FOLDER + "README.md", pages.overview());
    }

    @Test
    void aCardThatSaysLessIsWorse() {
        assertThat(Worse.than(CARD, CARD.replace("written is read back, ", "").replace("one.py", "two.py")))
                .containsExactly("CreateQueue: laws: written is read back");
        assertThat(Worse.than(CARD, CARD.replace("| yes | boto3 (one.py)", "| | ")))
                .containsExactly("CreateQueue: durable: yes", "CreateQueue: clients: boto3");
        assertThat(Worse.than(CARD, "")).hasSize(6);
        assertThat(Worse.than("", CARD)).isEmpty();
    }
}

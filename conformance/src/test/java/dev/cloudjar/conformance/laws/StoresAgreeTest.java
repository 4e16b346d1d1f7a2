package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.RunningServer;
import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.Protocol;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same calls have the same answers whatever store the cloud stands on and whatever protocol they come in,
/// and a journal that is read again gives the state that was left.
class StoresAgreeTest {
    @Test
    void aJournalTellsTheSameStoriesAsMemoryAndGivesTheSameDigestWhenItIsReplayed(@TempDir Path data) {
        long left;
        try (RunningServer memory = RunningServer.steady();
                RunningServer kept = RunningServer.steadyIn(data)) {
            for (String service : LawBook.services(memory)) {
                agree(memory, kept, service);
            }
            left = Digest.of(kept.world().orElseThrow());
        }
        try (RunningServer again = RunningServer.keptIn(data)) {
            assertThat(Digest.of(again.world().orElseThrow())).isEqualTo(left);
        }
    }

    @Test
    void aDatabaseTellsTheSameStoriesAsMemory(@TempDir Path data) throws IOException {
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                RunningServer memory = RunningServer.steady();
                RunningServer kept =
                        RunningServer.steadyIn(data, "--store", database.getJdbcUrl("postgres", "postgres"))) {
            for (String service : LawBook.services(memory)) {
                agree(memory, kept, service);
            }
        }
    }

    /// What was committed of memory is told by the other, and what can be called of one can be of the other.
    private static void agree(RunningServer memory, RunningServer kept, String service) {
        try (Court one = Court.of(memory, service);
                Court other = Court.of(kept, service)) {
            Survey survey = Survey.of(other);
            assertThat(survey.failed().keySet())
                    .as("what cannot be called of %s", service)
                    .isEqualTo(Survey.of(one).failed().keySet());
            for (Case deed : HistoryRepeats.deeds(survey)) {
                deed.hear(other);
            }
            kept.assertNoFailures();
        }
    }

    @Test
    void queryTellsTheSameStoriesOfSqsAsJson() {
        try (RunningServer server = RunningServer.steady();
                RunningServer other = RunningServer.steady();
                Court json = Court.of(server, "sqs").withQueryCodes();
                Court query = new Court(json.subject(), Protocol.AWS_QUERY, other.port(), other.world())) {
            assertThat(withoutStatus(stories(query))).isEqualTo(withoutStatus(stories(json)));
        }
    }

    /// Some errors of SQS are 404 in query and 400 in JSON. Query has one name for both lists of attributes'
    /// names, and lists within an attribute are told apart only in JSON.
    private static List<String> withoutStatus(List<String> stories) {
        return stories.stream()
                .filter(line -> !line.contains("AttributeNames nonsense") && !line.contains("ListValues"))
                .map(line -> line.replaceAll(": 4\\d\\d ", ": "))
                .toList();
    }

    private static List<String> stories(Court court) {
        Chapter deed = new Deed();
        var lines = new ArrayList<String>();
        for (Act act : court.subject().acts().toList()) {
            try {
                lines.addAll(Story.of(court, act, deed));
            } catch (Scene.Unready | Samples.Impossible unready) {
                lines.add(act + " is not under law");
            }
        }
        return lines;
    }
}

package dev.cloudjar.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ExpressionType;
import software.amazon.awssdk.services.s3.model.FileHeaderInfo;
import software.amazon.awssdk.services.s3.model.JSONType;
import software.amazon.awssdk.services.s3.model.RecordsEvent;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.SelectObjectContentEventStream;
import software.amazon.awssdk.services.s3.model.SelectObjectContentRequest;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler;
import software.amazon.awssdk.services.s3.model.SelectObjectContentResponseHandler.Visitor;

/// Parts of objects, selected by a query and streamed as events.
@OnCloud
@Tag("acceptance")
class SelectContentTest {
    private final S3AsyncClient s3;
    private final String bucket;

    SelectContentTest(TestCloud cloud, S3AsyncClient s3) {
        this.s3 = s3;
        this.bucket = "selected-" + cloud.account();
    }

    @BeforeEach
    void create() {
        s3.createBucket(b -> b.bucket(bucket)).join();
        put("people.csv", "name,age\nAnn,31\nBob,25\n");
        put("people.json", "{\"name\": \"Ann\", \"age\": 31}\n{\"name\": \"Bob\", \"age\": 25}\n");
    }

    private void put(String key, String content) {
        s3.putObject(p -> p.bucket(bucket).key(key), AsyncRequestBody.fromString(content))
                .join();
    }

    /// The records of an answer; the names of its events go into `events`.
    private String select(Consumer<SelectObjectContentRequest.Builder> query, List<String> events) {
        var text = new StringBuilder();
        Visitor visitor = Visitor.builder()
                .onRecords((RecordsEvent records) -> {
                    events.add("Records");
                    text.append(records.payload().asUtf8String());
                })
                .onStats(stats -> events.add("Stats " + stats.details().bytesReturned()))
                .onEnd(end -> events.add("End"))
                .onDefault((SelectObjectContentEventStream event) ->
                        events.add(event.sdkEventType().toString()))
                .build();
        var handler =
                SelectObjectContentResponseHandler.builder().subscriber(visitor).build();
        s3.selectObjectContent(
                        q -> query.accept(q.bucket(bucket)
                                .expressionType(ExpressionType.SQL)
                                .outputSerialization(o -> o.csv(c -> c.fieldDelimiter(";")))),
                        handler)
                .join();
        return text.toString();
    }

    @Test
    void recordsOfACsvFileComeAsEventsThatEndWithWhatItTook() {
        List<String> events = new CopyOnWriteArrayList<>();
        String answer = select(
                q -> q.key("people.csv")
                        .expression("SELECT age, name FROM S3Object s WHERE CAST(s.age AS INT) > 30")
                        .inputSerialization(i -> i.csv(c -> c.fileHeaderInfo(FileHeaderInfo.USE))),
                events);

        assertThat(answer).isEqualTo("31;Ann\n");
        assertThat(events).containsExactly("Records", "Stats 7", "End");
    }

    @Test
    void linesOfJsonAreSummedUp() {
        String answer = select(
                q -> q.key("people.json")
                        .expression("SELECT AVG(s.age), COUNT(*) FROM S3Object s")
                        .inputSerialization(i -> i.json(j -> j.type(JSONType.LINES))),
                new CopyOnWriteArrayList<>());

        assertThat(answer).isEqualTo("28;2\n");
    }

    @Test
    void aQueryThatIsNoneIsRefusedBeforeAnyEvent() {
        assertThatThrownBy(() -> select(
                        q -> q.key("people.csv")
                                .expression("SELECT name FROM S3Object ORDER BY name")
                                .inputSerialization(i -> i.csv(c -> c.fileHeaderInfo(FileHeaderInfo.USE))),
                        new CopyOnWriteArrayList<>()))
                .hasCauseInstanceOf(S3Exception.class)
                .hasMessageContaining("We encountered an unsupported SQL structure. Check the SQL Reference.");
    }

    @Test
    void whatGoesWrongOnTheWayEndsTheStream() {
        List<String> events = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> select(
                        q -> q.key("people.csv")
                                .expression("SELECT CAST(name AS INT) FROM S3Object")
                                .inputSerialization(i -> i.csv(c -> c.fileHeaderInfo(FileHeaderInfo.USE))),
                        events))
                .hasCauseInstanceOf(S3Exception.class);
        assertThat(events).doesNotContain("End");
    }
}

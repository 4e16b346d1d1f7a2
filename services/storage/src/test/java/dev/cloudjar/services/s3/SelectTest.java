package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.api.S3.CSVInput;
import dev.cloudjar.api.S3.CSVOutput;
import dev.cloudjar.api.S3.InputSerialization;
import dev.cloudjar.api.S3.JSONInput;
import dev.cloudjar.api.S3.JSONOutput;
import dev.cloudjar.api.S3.OutputSerialization;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.api.S3.RequestProgress;
import dev.cloudjar.api.S3.ScanRange;
import dev.cloudjar.api.S3.SelectObjectContentEventStream;
import dev.cloudjar.api.S3.SelectObjectContentOutput;
import dev.cloudjar.api.S3.SelectObjectContentRequest;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries over objects, in S3 Select's dialect.
class SelectTest {
    private static final String PEOPLE = "name,age,city\nAnn,31,Oslo\nBob,25,\"Rome, Italy\"\nCid,9,Oslo\n";
    private static final String EVENTS = """
            {"id": 1, "user": {"name": "Ann"}, "tags": ["a", "b"], "at": "2020-02-03T04:05:06Z", "n": 1.50}
            {"id": 2, "user": {"name": "Bob"}, "tags": [], "at": null}
            """;
    private static final String DOCUMENT = """
            {"owner": "Ann", "books": [{"title": "x", "price": 3}, {"title": "y"}]}""";

    private final S3UnderTest s3 = new S3UnderTest();

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
        s3.put("bucket", "people", PEOPLE);
        s3.put("bucket", "events", EVENTS);
        s3.put("bucket", "document", DOCUMENT);
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private static SelectObjectContentRequest asking(String key, String query, InputSerialization in) {
        return new SelectObjectContentRequest()
                .bucket("bucket")
                .key(key)
                .expression(query)
                .expressionType("SQL")
                .inputSerialization(in)
                .outputSerialization(new OutputSerialization().csv(new CSVOutput()));
    }

    private static InputSerialization csv() {
        return new InputSerialization().csv(new CSVInput().fileHeaderInfo("USE"));
    }

    private static InputSerialization json(String type) {
        return new InputSerialization().json(new JSONInput().type(type));
    }

    private EventStream events(SelectObjectContentRequest in) {
        SelectObjectContentOutput out = s3.call(in);
        return out.payload().orElseThrow();
    }

    private String answer(SelectObjectContentRequest in) {
        var text = new StringBuilder();
        try (EventStream events = events(in)) {
            for (Struct event = events.next(); event != null; event = events.next()) {
                SelectObjectContentEventStream.from(event)
                        .records()
                        .flatMap(records -> records.payload())
                        .ifPresent(bytes -> text.append(new String(bytes.bytes(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private String people(String query) {
        return answer(asking("people", query, csv()));
    }

    private String refusal(SelectObjectContentRequest in) {
        AwsError refused = Objects.requireNonNull(catchThrowableOfType(AwsError.class, () -> answer(in)));
        return refused.code().code();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '^', textBlock = """
            SELECT * FROM S3Object LIMIT 1                                          -> Ann,31,Oslo
            select s.name from s3object s where s.city = 'Oslo' limit 1             -> Ann
            SELECT s."name" FROM S3Object s WHERE CAST(s.age AS INT) < 10           -> Cid
            SELECT s._1 FROM S3Object s WHERE s.age > 9 AND NOT s._1 = 'Ann'        -> Bob
            SELECT COUNT(*) FROM S3Object                                           -> 3
            SELECT SUM(CAST(age AS INT)), MAX(CAST(age AS INT)) FROM S3Object       -> 65,31
            SELECT AVG(CAST(age AS INT)) FROM S3Object s WHERE city LIKE 'O%'       -> 20
            SELECT city FROM S3Object WHERE name LIKE '_o_'                         -> "Rome, Italy"
            SELECT name FROM S3Object WHERE age BETWEEN 20 AND 30                   -> Bob
            SELECT name FROM S3Object WHERE name IN ('Cid', 'Dan')                  -> Cid
            SELECT UPPER(name) || '!' FROM S3Object WHERE CHAR_LENGTH(city) > 4     -> BOB!
            SELECT SUBSTRING(name, 2, 1) FROM S3Object WHERE age = 31               -> n
            SELECT CASE WHEN age > 30 THEN 'old' ELSE 'new' END FROM S3Object LIMIT 1 -> old
            SELECT COALESCE(NULLIF(name, 'Ann'), 'none') FROM S3Object LIMIT 1      -> none
            SELECT TRIM(BOTH 'A' FROM name) FROM S3Object LIMIT 1                   -> nn
            SELECT 7 / 2 + 7 % 4 * 2 FROM S3Object LIMIT 1                          -> 9
            SELECT CAST('1.5' AS DECIMAL) * 2 FROM S3Object LIMIT 1                 -> 3.0
            SELECT DATE_ADD(year, 5, `2010-01-01T`) FROM S3Object LIMIT 1           -> 2015-01-01T
            SELECT DATE_DIFF(month, `2010T`, `2010-05T`) FROM S3Object LIMIT 1      -> 4
            SELECT EXTRACT(YEAR FROM TO_TIMESTAMP('2007-02T')) FROM S3Object LIMIT 1 -> 2007
            SELECT TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y') FROM S3Object LIMIT 1 -> "July 20, 1969"
            SELECT UTCNOW() FROM S3Object LIMIT 1                                   -> 2026-01-10T12:00:00.000Z
            """)
    void aQueryOverTextsInColumnsIsAnswered(String query, String answer) {
        assertThat(people(query)).isEqualTo(answer + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '^', textBlock = """
            LINES    -> SELECT s.user.name, s.tags[0] FROM S3Object s                 -> {"name":"Ann","_2":"a"}
            LINES    -> SELECT s.id FROM S3Object[*] s WHERE s.at IS NULL             -> {"id":2}
            LINES    -> SELECT s.id FROM S3Object[*] s WHERE s.n IS MISSING           -> {"id":2}
            LINES    -> SELECT s.n FROM S3Object s                                    -> {"n":1.50}
            LINES    -> SELECT * FROM S3Object s WHERE s.id = 2                       -> {"id":2,"user":{"name":"Bob"},"tags":[],"at":null}
            DOCUMENT -> SELECT s.owner FROM S3Object s                                -> {"owner":"Ann"}
            DOCUMENT -> SELECT b.title FROM S3Object[*].books[*] b WHERE b.price > 1  -> {"title":"x"}
            DOCUMENT -> SELECT price FROM S3Object[*].books[*].price                  -> {"price":3}
            """)
    void aQueryOverJsonIsAnswered(String type, String query, String answer) {
        String key = type.equals("LINES") ? "events" : "document";
        SelectObjectContentRequest in =
                asking(key, query, json(type)).outputSerialization(new OutputSerialization().json(new JSONOutput()));

        assertThat(answer(in).lines()).first().isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '^', textBlock = """
            DELETE FROM S3Object                                -> UnsupportedSqlOperation
            SELECT FROM S3Object                                -> ParseEmptySelect
            SELECT *, name FROM S3Object                        -> ParseAsteriskIsNotAloneInSelectList
            SELECT name                                         -> ParseSelectMissingFrom
            SELECT name FROM S3Object GROUP BY name             -> UnsupportedSqlStructure
            SELECT name FROM S3Object ORDER BY name             -> UnsupportedSqlStructure
            SELECT name FROM S3Object, S3Object                 -> MultipleDataSourcesUnsupported
            SELECT name, COUNT(*) FROM S3Object                 -> UnsupportedSqlStructure
            SELECT name FROM S3Object LIMIT x                   -> ParseExpectedNumber
            SELECT name FROM S3Object WHERE                     -> ParseExpectedExpression
            SELECT name FROM S3Object WHERE name IS 3           -> ParseExpectedKeyword
            SELECT CAST(name AS THING) FROM S3Object            -> ParseExpectedTypeName
            SELECT CAST(name AS INT) FROM S3Object              -> CastFailed
            SELECT CAST name AS INT FROM S3Object               -> ParseExpectedLeftParenAfterCast
            SELECT SUM(*) FROM S3Object                         -> ParseUnsupportedCallWithStar
            SELECT SUM(age, age) FROM S3Object                  -> ParseNonUnaryAgregateFunctionCall
            SELECT SOUNDEX(name) FROM S3Object                  -> UnsupportedFunction
            SELECT LOWER(name, age) FROM S3Object               -> EvaluatorInvalidArguments
            SELECT CASE name END FROM S3Object                  -> ParseExpectedWhenClause
            SELECT DATE_ADD(eon, 1, `2010T`) FROM S3Object      -> ParseExpectedDatePart
            SELECT TO_TIMESTAMP('soon') FROM S3Object           -> ValueParseFailure
            SELECT colour FROM S3Object                         -> MissingHeaders
            SELECT name ~ age FROM S3Object                     -> LexerInvalidChar
            SELECT b FROM S3Object[*].books[*] b                -> InvalidKeyPath
            """)
    void whatTheDialectDoesNotHaveIsRefusedByItsOwnName(String query, String code) {
        assertThat(refusal(asking("people", query, csv()))).isEqualTo(code);
        assertThat(people("SELECT name FROM S3Object LIMIT 1")).isEqualTo("Ann\n");
    }

    @Test
    void formatsAreRefusedByTheirOwnNames() {
        String all = "SELECT * FROM S3Object";
        assertThat(refusal(asking("people", all, csv()).expressionType("XPATH")))
                .isEqualTo("InvalidExpressionType");
        assertThat(refusal(asking("people", all, new InputSerialization()))).isEqualTo("MissingRequiredParameter");
        assertThat(refusal(asking("people", all, csv().json(new JSONInput().type("LINES")))))
                .isEqualTo("ObjectSerializationConflict");
        assertThat(refusal(asking("people", all, json("ROWS")))).isEqualTo("InvalidJsonType");
        assertThat(refusal(asking("people", all, csv().compressionType("ZIP")))).isEqualTo("InvalidCompressionFormat");
        assertThat(refusal(asking("people", all, csv().compressionType("GZIP"))))
                .isEqualTo("InvalidCompressionFormat");
        assertThat(refusal(asking("people", all, new InputSerialization().csv(new CSVInput().fileHeaderInfo("SKIP")))))
                .isEqualTo("InvalidFileHeaderInfo");
        assertThat(refusal(asking("people", all, csv())
                        .outputSerialization(new OutputSerialization().csv(new CSVOutput().quoteFields("NEVER")))))
                .isEqualTo("InvalidQuoteFields");
        assertThat(refusal(asking("people", all, json("LINES")))).isEqualTo("JSONParsingError");
        assertThat(answer(asking("people", all, csv())).lines()).hasSize(3);
    }

    @Test
    void bytesThatAreNoUtf8AndLongRecordsAreRefused() {
        String all = "SELECT * FROM S3Object";
        s3.call(new PutObjectRequest().bucket("bucket").key("latin").body(Body.of(Blob.of(new byte[] {
            'a', '\n', 'b', (byte) 0xe9, '\n'
        }))));
        s3.put("bucket", "long", "a\n" + "x".repeat((1 << 20) + 1) + "\n");
        s3.put("bucket", "quoted", "a\n\"two\nlines\"\n");

        assertThat(refusal(asking("latin", all, csv()))).isEqualTo("InvalidTextEncoding");
        assertThat(refusal(asking("long", all, csv()))).isEqualTo("OverMaxRecordSize");
        assertThat(refusal(asking("quoted", all, csv()))).isEqualTo("CSVEscapingRecordDelimiter");
        var quoted = new InputSerialization()
                .csv(new CSVInput().fileHeaderInfo("USE").allowQuotedRecordDelimiter(true));
        assertThat(answer(asking("quoted", all, quoted))).isEqualTo("\"two\nlines\"\n");
    }

    @Test
    void packedObjectsAreOpened() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(packed)) {
            out.write(PEOPLE.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bzip = Base64.getDecoder().decode("QlpoOTFBWSZTWbJLgeoAAANZAAAQAAQwADAAIAAhkxqDALcCF4u5IpwoSFklwPUA");
        s3.call(new PutObjectRequest().bucket("bucket").key("gz").body(Body.of(Blob.of(packed.toByteArray()))));
        s3.call(new PutObjectRequest().bucket("bucket").key("bz").body(Body.of(Blob.of(bzip))));
        var plain = new InputSerialization().csv(new CSVInput());

        assertThat(answer(asking("gz", "SELECT COUNT(*) FROM S3Object", csv().compressionType("GZIP"))))
                .isEqualTo("3\n");
        assertThat(answer(asking("bz", "SELECT s._2 FROM S3Object s", plain.compressionType("BZIP2"))))
                .isEqualTo("1\n2\n");
        bzip[bzip.length / 2] ^= 1;
        s3.call(new PutObjectRequest().bucket("bucket").key("bz").body(Body.of(Blob.of(bzip))));
        assertThat(refusal(asking("bz", "SELECT s._2 FROM S3Object s", plain.compressionType("BZIP2"))))
                .isEqualTo("TruncatedInput");
    }

    @Test
    void aRangeIsOfTheRecordsThatBeginInIt() {
        int bob = PEOPLE.indexOf("Bob");
        var in = asking("people", "SELECT name FROM S3Object", csv());

        assertThat(answer(in.scanRange(new ScanRange().start((long) bob).end((long) bob))))
                .isEqualTo("Bob\n");
        assertThat(answer(in.scanRange(new ScanRange().start(bob + 1L)))).isEqualTo("Cid\n");
        assertThat(answer(in.scanRange(new ScanRange().end(5L)))).isEmpty();
        assertThat(refusal(in.scanRange(new ScanRange().start(9L).end(3L)))).isEqualTo("InvalidScanRange");
        assertThat(refusal(in.inputSerialization(csv().compressionType("GZIP")).scanRange(new ScanRange().start(1L))))
                .isEqualTo("UnsupportedScanRangeInput");
    }

    @Test
    void aLongSearchTellsHowFarItIsAndInTheEndWhatItTook() throws IOException {
        s3.put("bucket", "big", "name,age\n" + "nobody,1\n".repeat(1_000_000));
        var in = asking("big", "SELECT name FROM S3Object WHERE age = 2", csv())
                .requestProgress(new RequestProgress().enabled(true));
        int progress = 0;
        try (EventStream events = events(in)) {
            var event = SelectObjectContentEventStream.from(Objects.requireNonNull(events.next()));
            for (; event.progress().isPresent(); progress++) {
                event = SelectObjectContentEventStream.from(Objects.requireNonNull(events.next()));
            }
            assertThat(event.stats().orElseThrow().details().orElseThrow().bytesScanned())
                    .contains(9_000_009L);
            assertThat(SelectObjectContentEventStream.from(Objects.requireNonNull(events.next()))
                            .end())
                    .isPresent();
            assertThat(events.next()).isNull();
        }
        assertThat(progress).isEqualTo(2);
        try (EventStream events = events(in.requestProgress(new RequestProgress().enabled(false)))) {
            assertThat(SelectObjectContentEventStream.from(Objects.requireNonNull(events.next()))
                            .cont())
                    .isPresent();
        }
    }
}

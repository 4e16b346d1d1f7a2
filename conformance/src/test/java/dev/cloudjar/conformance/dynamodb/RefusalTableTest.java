package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.dynamodb.JsonDatabase.Told;
import dev.cloudjar.conformance.dynamodb.RefusalTable.Group;
import dev.cloudjar.conformance.dynamodb.RefusalTable.Row;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What AWS refuses, in AWS's words: each row of `refusals.txt` is one edit of a request that is answered, and
/// names who saw AWS say so. After all of its rows the request is sent as it is, to the same tables.
@OnCloud
@Tag("acceptance")
class RefusalTableTest {
    private final TestCloud cloud;

    RefusalTableTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @TestFactory
    Stream<DynamicContainer> everyRowIsRefusedAndWhatItEditsIsNot() throws IOException {
        RefusalTable table = RefusalTable.read();
        return table.groups().stream().map(group -> tests(table, group));
    }

    private DynamicContainer tests(RefusalTable table, Group group) {
        String account =
                String.format("%012d", 700_000_000_000L + table.groups().indexOf(group));
        DynamicTest before = dynamicTest("tables are made", () -> {
            for (RefusalTable.Request request : table.setup()) {
                ask(account, request).required();
            }
        });
        Stream<DynamicTest> rows =
                group.rows().stream().map(row -> dynamicTest(row.edit().toString(), () -> refuse(account, group, row)));
        DynamicTest after =
                dynamicTest("unedited", () -> ask(account, group.request()).required());
        return dynamicContainer(
                group.name(),
                Stream.of(Stream.of(before), rows, Stream.of(after)).flatMap(all -> all));
    }

    private void refuse(String account, Group group, Row row) throws IOException {
        Told told = ask(account, group.request().edited(row.edit()));

        assertThat(told.code() + ": " + told.message()).as(row.source()).isEqualTo(row.refusal());
        assertThat(told.status()).isEqualTo(400);
    }

    private Told ask(String account, RefusalTable.Request request) throws IOException {
        try (JsonDatabase database = JsonDatabase.at(cloud.server().port(), account)) {
            return database.ask(request.operation(), request.input().toString());
        }
    }
}

package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.dynamodb.RefusalTable;
import dev.cloudjar.conformance.dynamodb.RefusalTable.Group;
import dev.cloudjar.conformance.dynamodb.RefusalTable.Request;
import dev.cloudjar.conformance.dynamodb.RefusalTable.Row;
import dev.cloudjar.model.OperationSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/// What a service's table of refusals has is refused in these words, and the request that was edited is answered
/// afterwards.
final class RefusalsAreListed implements Law {
    @Override
    public String title() {
        return "refusals are one edit away";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        try {
            return RefusalTable.of(survey.subject().schema().id()).stream()
                    .flatMap(table -> table.groups().stream().map(group -> listed(survey, table, group)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Case listed(Survey survey, RefusalTable table, Group group) {
        OperationSchema operation =
                survey.subject().operation(group.request().operation()).orElseThrow();
        return new Case(title(), operation, group.name(), court -> check(court.scene(), table, group));
    }

    private static void check(Scene scene, RefusalTable table, Group group) {
        for (Request request : table.setup()) {
            assertThat(call(scene, request).succeeded()).as("%s", request).isTrue();
        }
        for (Row row : group.rows()) {
            Outcome outcome = call(scene, group.request().edited(row.edit()));
            assertThat(outcome.code() + ": " + outcome.message())
                    .as("%s", row.edit())
                    .isEqualTo(row.refusal());
        }
        assertThat(call(scene, group.request()).succeeded()).as("unedited").isTrue();
    }

    private static Outcome call(Scene scene, Request request) {
        OperationSchema operation =
                scene.court().subject().operation(request.operation()).orElseThrow();
        try {
            return scene.call(
                    operation, JsonInput.read(operation.input(), request.input().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.model.Struct;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// A call that is answered, the same call with one edit, and how that is refused in the same world.
record OneEdit(Struct right, Struct wrong, Refused refused) {
    static final String QUEUE = "http://localhost:4566/111122223333/orders";
    static final String FIFO = "http://localhost:4566/111122223333/orders.fifo";

    static OneEdit invalid(Struct right, Struct wrong, String message) {
        return of(right, wrong, "InvalidParameterValue", message);
    }

    static OneEdit missing(Struct right, Struct wrong, String parameter) {
        return of(right, wrong, "MissingParameter", "The request must contain the parameter " + parameter + ".");
    }

    static OneEdit of(Struct right, Struct wrong, String code, String message) {
        return new OneEdit(right, wrong, new Refused(code, message));
    }

    static Stream<DynamicTest> tests(OneEdit... edits) {
        return Stream.of(edits).map(edit -> dynamicTest(edit.refused().message(), edit::check));
    }

    private void check() {
        try (var sqs = SqsUnderTest.fresh()) {
            sqs.create("orders");
            sqs.create("letters");
            sqs.createFifo("orders.fifo", Map.of());

            assertThatCode(() -> sqs.call(right)).doesNotThrowAnyException();
            assertThat(Refused.by(() -> sqs.call(wrong))).isEqualTo(refused);
        }
    }
}

package dev.cloudjar.conformance.every;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Refusal;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.conformance.every.Catalog.Case;
import dev.cloudjar.kernel.Bound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every operation that AWS's models know answers: the built ones somehow, all others with an honest refusal.
@OnCloud
class EveryOperationTest {
    private final TestCloud cloud;
    private final List<String> wrong = new ArrayList<>();
    private int asked;

    EveryOperationTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void thatIsNotBuiltSaysSoInItsOwnProtocol() throws Exception {
        var catalog = new Catalog();
        try (var lane = new Lane(cloud.server().port())) {
            catalog.visit(one -> ask(lane, one));
        }

        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(9_000);
        assertThat(catalog.operations()).isGreaterThanOrEqualTo(9_265);
        Committed.check("src/test/resources/dev/cloudjar/conformance/every/no-input.txt", reasons(catalog));
    }

    private static String reasons(Catalog catalog) {
        var text = new StringBuilder("# Operations for which no valid input could be made up, and why.\n");
        catalog.impossible()
                .forEach((operation, reason) ->
                        text.append(operation).append(": ").append(reason).append('\n'));
        return text.toString();
    }

    private void ask(Lane lane, Case one) {
        asked++;
        try {
            Answer answer = lane.exchange(signed(one));
            check(one, answer);
        } catch (IOException e) {
            wrong.add(one + ": " + e);
        }
    }

    private Sent signed(Case one) throws IOException {
        String name = one.operation().service().facts().signingName();
        String signingName = one.operation().name().equals("ListDirectoryBuckets") ? "s3express" : name;
        return Requests.of(one.operation(), one.protocol(), one.input())
                .by(cloud.account(), TestCloud.REGION, signingName);
    }

    private void check(Case one, Answer answer) throws IOException {
        boolean built = cloud.world()
                .service(one.operation().service().id())
                .filter(bound -> implementsIt(bound, one))
                .isPresent();
        if (built) {
            if (answer.status() >= 500) {
                wrong.add(one + ": " + answer.status() + " " + answer.text());
            }
            return;
        }
        if (one.operation().http().method().equals("HEAD") && answer.status() == 501) {
            return;
        }
        Refusal refusal = Refusal.of(one.protocol(), answer);
        boolean honest = refusal.status() == 501
                && refusal.code().equals("NotImplemented")
                && refusal.message().contains(" " + one.operation().name() + " ");
        if (!honest) {
            wrong.add(one + ": " + refusal);
        }
    }

    private static boolean implementsIt(Bound bound, Case one) {
        return Optional.of(one.operation().name())
                .flatMap(bound.schema()::operation)
                .filter(bound::implementsOperation)
                .isPresent();
    }
}

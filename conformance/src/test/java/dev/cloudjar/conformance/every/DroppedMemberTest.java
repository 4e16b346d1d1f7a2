package dev.cloudjar.conformance.every;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Refusal;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.every.Catalog.Case;
import dev.cloudjar.conformance.every.Omissions.Omission;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// An input that is valid but for one required member is refused, in whatever protocol it comes; the same input with
/// the
/// member is what [EveryOperationTest] sends.
@OnCloud
class DroppedMemberTest {
    private final TestCloud cloud;
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> codes = new TreeMap<>();
    private int asked;

    DroppedMemberTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void isMissed() throws Exception {
        try (var lane = new Lane(cloud.server().port())) {
            new Catalog().visit(one -> Omissions.of(one.input()).forEach(omission -> ask(lane, one, omission)));
        }

        System.out.println("Refusals of " + asked + " inputs that lack a member: " + codes);
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(10_000);
    }

    private void ask(Lane lane, Case one, Omission omission) {
        asked++;
        Object value = omission.take();
        try {
            Answer answer = lane.exchange(Requests.of(one.operation(), one.protocol(), one.input())
                    .by(
                            cloud.account(),
                            TestCloud.REGION,
                            one.operation().service().facts().signingName()));
            check(one, omission, answer);
        } catch (IOException e) {
            wrong.add(one + " without " + omission + ": " + e);
        } finally {
            omission.putBack(value);
        }
    }

    private void check(Case one, Omission omission, Answer answer) throws IOException {
        if (one.operation().http().method().equals("HEAD") && answer.status() >= 400) {
            return;
        }
        Refusal refusal = Refusal.of(one.protocol(), answer);
        codes.merge(refusal.status() + " " + refusal.code(), 1, Integer::sum);
        boolean refused = refusal.status() >= 400
                && refusal.status() < 500
                && !refusal.code().isEmpty();
        if (!refused && !isAnothersRequest(one, omission, refusal)) {
            wrong.add(one + " without " + omission + ": " + refusal);
        }
    }

    /// Without a header or query parameter, a request of REST may be another operation's.
    private static boolean isAnothersRequest(Case one, Omission omission, Refusal refusal) {
        boolean rest = one.protocol() == Protocol.REST_JSON || one.protocol() == Protocol.REST_XML;
        return rest
                && omission.member().wire().location() != Location.BODY
                && refusal.status() == 501
                && !refusal.message().contains(" " + one.operation().name() + " ");
    }
}

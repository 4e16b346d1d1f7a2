package dev.cloudjar.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Endpoints.Endpoint;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.auth.Identity;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpRequest.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where a caller stands is told by other keys on the internet than in a VPC.
class RequestFactsTest {
    private static final Endpoint ENDPOINT = new Endpoint(
            "vpce-1", "111122223333", new Arn("aws", "ec2", "us-east-1", "444455556666", "vpc/vpc-1"), "{}");

    private static RequestFacts facts(Optional<Endpoint> endpoint) throws UnknownHostException {
        var peer = new Peer(InetAddress.getByName("10.0.0.7"), false);
        var request = new HttpRequest("GET", "localhost", "/", "", new Headers(), Body.of(Blob.EMPTY), peer);
        return new RequestFacts(request, new Identity.Anonymous(Optional.empty()), endpoint, Instant.EPOCH);
    }

    @Test
    void anAddressOnTheInternetIsASourceIp() throws UnknownHostException {
        RequestFacts facts = facts(Optional.empty());

        assertThat(facts.of("aws:sourceip")).containsExactly("10.0.0.7");
        assertThat(facts.of("aws:vpcsourceip")).isEmpty();
        assertThat(facts.of("aws:sourcevpce")).isEmpty();
    }

    @Test
    void anAddressInAVpcIsNone() throws UnknownHostException {
        RequestFacts facts = facts(Optional.of(ENDPOINT));

        assertThat(facts.of("aws:sourceip")).isEmpty();
        assertThat(facts.of("aws:vpcsourceip")).containsExactly("10.0.0.7");
        assertThat(facts.of("aws:sourcevpce")).containsExactly("vpce-1");
        assertThat(facts.of("aws:sourcevpc")).containsExactly("vpc-1");
        assertThat(facts.of("aws:sourcevpcarn")).containsExactly("arn:aws:ec2:us-east-1:444455556666:vpc/vpc-1");
        assertThat(facts.of("aws:vpceaccount")).containsExactly("111122223333");
    }
}

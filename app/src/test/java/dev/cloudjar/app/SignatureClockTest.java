package dev.cloudjar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Signatures age by the real clock, wherever that of the cloud stands, unless the cloud was told otherwise.
class SignatureClockTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static int statusOfPresigned(Cloud cloud) throws IOException, InterruptedException {
        Instant now = InstantSource.system().instant();
        String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(now);
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test%2F" + time.substring(0, 8)
                + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + time
                + "&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=" + "0".repeat(64);
        URI url = URI.create("http://localhost:" + cloud.port() + "/no-such-bucket?" + query);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .statusCode();
        }
    }

    @Test
    void aClockThatWasMovedLetsSignaturesBeAsTheyAre() throws Exception {
        try (Cloud cloud = Cloud.embed(List.of(), Throwable::printStackTrace)) {
            cloud.world().advanceClock(HOUR);

            assertThat(statusOfPresigned(cloud)).isEqualTo(404);
        }
    }

    @Test
    void aCloudThatIsToldSoRefusesWhatIsOldByItsOwnClock() throws Exception {
        try (Cloud cloud = Cloud.embed(List.of("--signatures-by-clock"), Throwable::printStackTrace)) {
            assertThat(statusOfPresigned(cloud)).isEqualTo(404);
            cloud.world().advanceClock(HOUR);

            assertThat(statusOfPresigned(cloud)).isEqualTo(403);
        }
    }
}

package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How often somebody was wrong of late: an address that signs wrongly too often for one key, or for keys that
/// are not known, is not listened to until its minute is over. Safe for concurrent use.
final class Guesses {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private record Wrong(Instant since, int times) {}

    private final SecretKeys keys;
    private final Map<String, Wrong> wrongs = new ConcurrentHashMap<>();

    Guesses(SecretKeys keys) {
        this.keys = keys;
    }

    boolean areTooMany(HttpRequest request, Instant now) {
        if (wrongs.isEmpty()) {
            return false;
        }
        Wrong wrong = wrongs.get(subject(request));
        return wrong != null && wrong.times() >= MOST && isFresh(wrong, now);
    }

    void note(HttpRequest request, Instant now) {
        if (wrongs.size() >= MOST_REMEMBERED) {
            wrongs.values().removeIf(wrong -> !isFresh(wrong, now));
        }
        if (wrongs.size() < MOST_REMEMBERED) {
            wrongs.merge(
                    subject(request),
                    new Wrong(now, 1),
                    (before, first) -> isFresh(before, now) ? new Wrong(before.since(), before.times() + 1) : first);
        }
    }

    private static boolean isFresh(Wrong wrong, Instant now) {
        return now.isBefore(wrong.since().plus(WINDOW));
    }

    /// Keys that nobody has issued are guessed together.
    private String subject(HttpRequest request) {
        String key = key(request);
        boolean issued = !key.isEmpty() && keys.find(key).isPresent();
        return request.peer().address().getHostAddress() + ' ' + (issued ? key : "");
    }

    /// The access key id that a request names, whatever the way in which it is signed.
    private static String key(HttpRequest request) {
        String authorization = request.headers().get("Authorization").orElse("");
        int credential = authorization.indexOf("Credential=");
        if (credential >= 0) {
            return upTo('/', authorization.substring(credential + "Credential=".length()));
        }
        if (authorization.startsWith("AWS ")) {
            return upTo(':', authorization.substring("AWS ".length()));
        }
        return QueryText.getIgnoringCase(request.query(), "X-Amz-Credential")
                .map(text -> upTo('/', text))
                .or(() -> QueryText.getIgnoringCase(request.query(), "AWSAccessKeyId"))
                .orElse("");
    }

    private static String upTo(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}

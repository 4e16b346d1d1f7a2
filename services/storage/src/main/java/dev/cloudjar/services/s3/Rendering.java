package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Blobs;
import dev.cloudjar.kernel.Expiring;
import dev.cloudjar.services.s3.Content.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request that a function answers, by the token that the function shows: it waits until the function has
/// written an answer or has ended, and what comes of it is kept until that is sent.
///
/// @param account whose the Object Lambda access point is, who alone may answer
/// @param text the head of what was written, what the function returned, or why it failed
record Rendering(String key, String account, Instant end, State state, String text, Stored body)
        implements Expiring<String>, Blobs.Holder {
    /// What has become of it.
    enum State {
        WAITING,
        WRITTEN,
        HANDED,
        RETURNED,
        FAILED,
        REFUSED,
        LATE
    }

    static Rendering waiting(String key, String account, Instant end) {
        return new Rendering(key, account, end, State.WAITING, "", Stored.EMPTY);
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    Rendering ended(State how, String saying, Stored with) {
        return new Rendering(key, account, end, how, saying, with);
    }

    Rendering ended(State how, String saying) {
        return ended(how, saying, Stored.EMPTY);
    }

    @Override
    public Optional<Instant> until() {
        return Optional.of(end);
    }

    @Override
    public List<Blobs.Ref> blobs() {
        return body.blob().map(List::of).orElse(List.of());
    }
}

package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Row;
import java.time.Instant;
import java.util.Optional;

/// A message move task: empties a dead-letter queue into another queue, or each message into the queue it came
/// from.
record MoveTask(Key key, String destination, Optional<Integer> rate, Instant started, Progress progress)
        implements Row<MoveTask.Key> {
    /// Tasks of one source stand in the order of their start.
    record Key(String source, long sequence) {
        @Override
        public String toString() {
            return source + '#' + sequence;
        }

        static Key parse(String text) {
            int cut = text.lastIndexOf('#');
            return new Key(text.substring(0, cut), Long.parseLong(text.substring(cut + 1)));
        }
    }

    /// How far a task has come; `failure` says why it failed, if it did.
    record Progress(Status status, long moved, long toMove, String failure) {}

    /// In AWS's words.
    enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    boolean isRunning() {
        return progress.status() == Status.RUNNING;
    }

    MoveTask moved(long more) {
        return with(new Progress(Status.RUNNING, progress.moved() + more, progress.toMove(), ""));
    }

    MoveTask ended(Status how, String failure) {
        return with(new Progress(how, progress.moved(), progress.toMove(), failure));
    }

    private MoveTask with(Progress now) {
        return new MoveTask(key, destination, rate, started, now);
    }
}

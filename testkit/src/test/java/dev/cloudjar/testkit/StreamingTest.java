package dev.cloudjar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Bodies between the AWS SDK's async clients and a cloud in the same JVM.
class StreamingTest {
    @Test
    void anUploadAsksForOnePieceAtATime() throws IOException {
        var upload = new Upload();
        var source = new Source(upload, List.of("ab", "", "cd"));
        upload.onSubscribe(source);

        assertThat(upload.read()).isEqualTo('a');
        assertThat(source.given).isEqualTo(1);
        assertThat(upload.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("bcd");
    }

    @Test
    void aBrokenUploadBreaksItsReader() {
        var upload = new Upload();
        upload.onSubscribe(new Source(upload, List.of()));
        upload.onError(new IllegalStateException("gone"));

        assertThatThrownBy(upload::read).isInstanceOf(IOException.class).hasRootCauseMessage("gone");
    }

    @Test
    void aDownloadArrivesWholeHoweverLittleIsAskedFor() {
        byte[] sent = new byte[200_000];
        new Random(1).nextBytes(sent);
        var done = new CompletableFuture<Void>();
        var reader = new Reader(Integer.MAX_VALUE);

        try (Running running = new Embedded(List.of())) {
            new Download(new ByteArrayInputStream(sent), running, done).subscribe(reader);
            done.join();
        }

        assertThat(reader.bytes()).isEqualTo(sent);
        assertThat(reader.ended).isCompleted();
    }

    @Test
    void aDownloadThatNobodyWantsAnyMoreIsClosed() {
        var closed = new CompletableFuture<Void>();
        var done = new CompletableFuture<Void>();
        var endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public void close() {
                closed.complete(null);
            }
        };
        var reader = new Reader(2);

        try (Running running = new Embedded(List.of())) {
            new Download(endless, running, done).subscribe(reader);
            done.join();
        }

        assertThat(closed).isCompleted();
        assertThat(reader.pieces).hasSize(2);
    }

    /// Gives a piece whenever it is asked.
    private static final class Source implements Subscription {
        private final Upload upload;
        private final List<String> pieces;
        private int given;

        Source(Upload upload, List<String> pieces) {
            this.upload = upload;
            this.pieces = pieces;
        }

        @Override
        public void request(long count) {
            if (given < pieces.size()) {
                upload.onNext(ByteBuffer.wrap(pieces.get(given++).getBytes(StandardCharsets.UTF_8)));
            } else {
                upload.onComplete();
            }
        }

        @Override
        public void cancel() {
            given = pieces.size();
        }
    }

    /// Asks for one piece after the other, and stops after `most`.
    private static final class Reader implements Subscriber<ByteBuffer> {
        private final int most;
        private final List<ByteBuffer> pieces = new ArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

        Reader(int most) {
            this.most = most;
        }

        byte[] bytes() {
            var all = ByteBuffer.allocate(
                    pieces.stream().mapToInt(ByteBuffer::remaining).sum());
            pieces.forEach(all::put);
            return all.array();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription.complete(given);
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            pieces.add(bytes);
            if (pieces.size() == most) {
                subscription.join().cancel();
            } else {
                subscription.join().request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }
}

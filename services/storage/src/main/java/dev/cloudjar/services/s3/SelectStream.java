package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.ContinuationEvent;
import dev.cloudjar.api.S3.EndEvent;
import dev.cloudjar.api.S3.Progress;
import dev.cloudjar.api.S3.ProgressEvent;
import dev.cloudjar.api.S3.RecordsEvent;
import dev.cloudjar.api.S3.SelectObjectContentEventStream;
import dev.cloudjar.api.S3.Stats;
import dev.cloudjar.api.S3.StatsEvent;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.s3.select.Selection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The answer to a query: records as they are found, signs of life where none are, and what it took.
final class SelectStream implements EventStream {
    /// How many bytes of records go into one event, at least, and how many records are looked at for them.
    private static final int SIZE = 64 << 10;

    private static final int MOST = 20_000;

    /// After how many bytes a client is told that the query goes on.
    private static final long PATIENCE = 4 << 20;

    private enum Stage {
        RECORDS,
        STATS,
        END,
        OVER
    }

    private final Selection selection;
    private final SelectSource source;
    private final boolean progress;
    private Stage stage = Stage.RECORDS;
    private long returned;
    private long told;

    SelectStream(Selection selection, SelectSource source, boolean progress) {
        this.selection = selection;
        this.source = source;
        this.progress = progress;
    }

    @Override
    public @Nullable Struct next() throws IOException {
        var event = new SelectObjectContentEventStream();
        if (stage == Stage.RECORDS) {
            Struct found = records(event);
            if (found != null) {
                return found;
            }
            stage = Stage.STATS;
        }
        switch (stage) {
            case STATS -> {
                stage = Stage.END;
                return event.stats(new StatsEvent()
                        .details(new Stats()
                                .bytesScanned(source.scanned())
                                .bytesProcessed(source.processed())
                                .bytesReturned(returned)));
            }
            case END -> {
                stage = Stage.OVER;
                return event.end(new EndEvent());
            }
            default -> {
                return null;
            }
        }
    }

    /// The next event before the last two, or null where all records have been looked at.
    private @Nullable Struct records(SelectObjectContentEventStream event) throws IOException {
        while (true) {
            if (source.scanned() - told >= PATIENCE) {
                told = source.scanned();
                return progress ? event.progress(progress()) : event.cont(new ContinuationEvent());
            }
            if (selection.hasEnded()) {
                return null;
            }
            byte[] some = selection.next(MOST, SIZE);
            if (some.length > 0) {
                returned += some.length;
                return event.records(new RecordsEvent().payload(Blob.of(some)));
            }
        }
    }

    private ProgressEvent progress() {
        return new ProgressEvent()
                .details(new Progress()
                        .bytesScanned(source.scanned())
                        .bytesProcessed(source.processed())
                        .bytesReturned(returned));
    }

    @Override
    public void close() throws IOException {
        selection.close();
    }
}

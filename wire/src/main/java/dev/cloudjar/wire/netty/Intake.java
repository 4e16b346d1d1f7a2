package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Takes in the body of one request on the connection's thread: gathers a small one, hands a large one on as it comes,
/// throws away what nobody reads any more.
final class Intake {
    private static final Body EMPTY = Body.of(Blob.EMPTY);
    private static final byte[] NOTHING = new byte[0];

    private final Reception reception;
    private final long length;
    private final byte[] gathered;
    private final @Nullable Upload upload;
    private long arrived;
    private long discarded;
    private boolean discarding;

    /// `length` is that of the body, or [Reply#UNKNOWN].
    Intake(Reception reception, long length, Upload.Source source) {
        this.reception = reception;
        this.length = length;
        boolean whole = length >= 0 && length <= reception.limits().bodies().whole() && reception.reserve(length);
        this.upload = whole ? null : new Upload(source);
        this.gathered = whole && length > 0 ? new byte[(int) length] : NOTHING;
    }

    @Nullable
    Upload upload() {
        return upload;
    }

    /// The body to hand to the handler: at once where it is streamed, else once it is complete.
    Body body() {
        if (upload == null) {
            return length == 0 ? EMPTY : Body.of(Blob.of(gathered));
        }
        return Body.of(length >= 0 ? OptionalLong.of(length) : OptionalLong.empty(), upload);
    }

    /// Takes over the next bytes; returns false where the connection must stop reading for now.
    boolean take(ByteBuf bytes) {
        int count = bytes.readableBytes();
        arrived += count;
        if (discarding) {
            discarded += count;
            bytes.release();
            return true;
        }
        if (upload != null) {
            return upload.offer(bytes);
        }
        bytes.readBytes(gathered, (int) (arrived - count), count);
        bytes.release();
        return true;
    }

    /// The body is complete.
    void end() {
        if (upload != null) {
            upload.end();
        }
    }

    /// Nobody reads the body any more: what is held is freed, what comes is thrown away.
    void discard() {
        if (discarding) {
            return;
        }
        discarding = true;
        if (upload == null) {
            reception.release(length);
        } else {
            upload.close();
        }
    }

    /// Whether so much is, or will be, thrown away that closing the connection is the better way.
    boolean isTooMuchToDiscard() {
        long bound = reception.limits().bodies().drained();
        return length >= 0 ? length - arrived + discarded > bound : discarded > bound;
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on a virtual thread of its own. When the client goes away, the thread is
/// interrupted and a running upload fails.
final class Exchange implements Runnable {
    private final Reception reception;
    private final HttpRequest request;
    private final @Nullable Upload upload;
    private final Reply reply;
    private final Thread thread;
    private volatile boolean gone;

    Exchange(Reception reception, HttpRequest request, @Nullable Upload upload, Reply reply) {
        this.reception = reception;
        this.request = request;
        this.upload = upload;
        this.reply = reply;
        this.thread = reception.threads().newThread(this);
    }

    void start() {
        thread.start();
    }

    /// The client is gone: whatever the handler waits for, it waits in vain. Called on the connection's thread.
    void gone() {
        gone = true;
        if (upload != null) {
            upload.fail(new ClientGone());
        }
        thread.interrupt();
    }

    @Override
    public void run() {
        HttpResponse response = handle();
        if (response == HttpResponse.RESET) {
            reply.reset();
            return;
        }
        var answer = new Answer(request, response, reply);
        try {
            answer.send();
        } catch (Throwable failure) {
            report(failure);
            if (answer.hasBegun()) {
                reply.end(false);
            } else {
                reply.whole(HttpResponse.empty(500), 0, Answer.NOTHING);
            }
        } finally {
            if (response.body() instanceof Body.Streamed streamed) {
                close(streamed);
            }
        }
    }

    private HttpResponse handle() {
        try {
            return reception.handler().handle(request);
        } catch (Throwable failure) {
            report(failure);
            int status = upload != null && upload.fault() != 0 ? upload.fault() : 500;
            return HttpResponse.empty(status);
        }
    }

    private void close(Body.Streamed body) {
        try {
            body.stream().close();
        } catch (IOException | RuntimeException failure) {
            report(failure);
        }
    }

    private void report(Throwable failure) {
        boolean expected = gone
                || reception.isClosing()
                || failure instanceof ClientGone
                || failure.getCause() instanceof ClientGone
                || (upload != null && upload.fault() != 0);
        if (!expected) {
            reception.failed(failure);
        }
    }
}

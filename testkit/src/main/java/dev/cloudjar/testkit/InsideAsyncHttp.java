package dev.cloudjar.testkit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/// HTTP without a network, for the AWS SDK's async clients of a cloud in this JVM. Bodies stream both ways, so
/// that event streams do.
final class InsideAsyncHttp implements SdkAsyncHttpClient {
    private final Running running;

    InsideAsyncHttp(Running running) {
        this.running = running;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        var done = new CompletableFuture<Void>();
        running.fork(() -> run(request, done));
        return done;
    }

    private void run(AsyncExecuteRequest request, CompletableFuture<Void> done) {
        var upload = new Upload();
        request.requestContentPublisher().subscribe(upload);
        SdkHttpRequest head = request.request();
        try {
            Reply reply = running.send(InsideHttp.ask(head, true, upload));
            request.responseHandler().onHeaders(InsideHttp.response(reply));
            request.responseHandler().onStream(new Download(reply.body(), running, done));
        } catch (IOException | RuntimeException failure) {
            request.responseHandler().onError(failure);
            done.completeExceptionally(failure);
        } finally {
            upload.close();
        }
    }

    @Override
    public String clientName() {
        return "Cloudjar";
    }

    @Override
    public void close() {
        // There is no connection to close.
    }
}

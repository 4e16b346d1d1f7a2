package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/// A front door on a free port of this machine, with the failures it reported.
final class OpenDoor implements AutoCloseable {
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final FrontDoor door;

    private OpenDoor(UnaryOperator<Settings> change, HttpHandler handler) throws IOException {
        Settings settings = Settings.on("127.0.0.1", 0, InstantSource.system(), failures::add);
        door = FrontDoor.open(change.apply(settings), handler);
    }

    static OpenDoor with(HttpHandler handler) throws IOException {
        return new OpenDoor(settings -> settings, handler);
    }

    static OpenDoor with(Limits limits, HttpHandler handler) throws IOException {
        return new OpenDoor(settings -> settings.withLimits(limits), handler);
    }

    static OpenDoor with(UnaryOperator<Settings> change, HttpHandler handler) throws IOException {
        return new OpenDoor(change, handler);
    }

    /// Answers every request with its method, target and body.
    static OpenDoor echo() throws IOException {
        return with(OpenDoor::echoed);
    }

    static HttpResponse echoed(dev.cloudjar.wire.http.HttpRequest request) throws IOException {
        String body = new String(request.body().open().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        return HttpResponse.of(200, "text/plain", request.method() + " " + request.path() + " " + body);
    }

    int port() {
        return door.port();
    }

    RawClient connect() throws IOException {
        return new RawClient(door.port());
    }

    Queue<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        door.close();
    }
}

package dev.cloudjar.wire.netty;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/// The front door over a handler that answers what [BareServer] does, to measure one against the other; with a file
/// as second argument, paths under `/file` answer that file.
public final class FixedAnswerServer {
    private FixedAnswerServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Blob body = Blob.of("x".repeat(200));
        Path file = arguments.length > 1 ? Path.of(arguments[1]) : Path.of("/dev/null");
        long size = Files.size(file);
        var settings = Settings.on(
                "127.0.0.1", Integer.parseInt(arguments[0]), InstantSource.system(), Throwable::printStackTrace);
        try (var door = FrontDoor.open(
                settings,
                request -> request.path().startsWith("/file")
                        ? new HttpResponse(200, new Headers(), Body.of(file, 0, size))
                        : new HttpResponse(200, Headers.of("content-type", "text/plain"), Body.of(body)))) {
            System.out.println("listening on " + door.port());
            new CountDownLatch(1).await();
        }
    }
}

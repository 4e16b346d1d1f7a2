package dev.cloudjar.wire.route;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.util.Locale;

/// Prints how long the router takes, first and warm, on one thread. Run by hand; nothing is asserted.
final class RouterTiming {
    private static final int COUNT = 500_000;

    private RouterTiming() {}

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        var world = new World();
        System.out.printf(Locale.ROOT, "catalog and router: %.1f ms%n", (System.nanoTime() - start) / 1e6);
        Headers json = World.signed("dynamodb")
                .add("X-Amz-Target", "DynamoDB_20120810.PutItem")
                .add("Content-Type", "application/x-amz-json-1.0");
        time(world, "JSON target", World.request("POST", "/", "", json, World.NOTHING));
        Headers form = World.signed("sqs").add("Content-Type", "application/x-www-form-urlencoded");
        Body body = Body.of(Blob.of("Action=SendMessage&Version=2012-11-05&MessageBody=" + "x".repeat(200)));
        time(world, "query form", World.request("POST", "/", "", form, body));
        time(world, "S3 GetObject", World.request("GET", "/bucket/a/key", "", World.signed("s3"), World.NOTHING));
        time(
                world,
                "S3 ListObjectsV2",
                World.request("GET", "/bucket", "list-type=2&prefix=a", World.signed("s3"), World.NOTHING));
        time(
                world,
                "Lambda Invoke",
                World.request(
                        "POST", "/2015-03-31/functions/f/invocations", "", World.signed("lambda"), World.NOTHING));
    }

    private static void time(World world, String what, HttpRequest request) throws IOException {
        long first = System.nanoTime();
        world.router().route(request);
        double opening = (System.nanoTime() - first) / 1e6;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < COUNT; i++) {
                world.router().route(request);
            }
            best = Math.min(best, (System.nanoTime() - start) / 1000.0 / COUNT);
        }
        System.out.printf(Locale.ROOT, "%-20s first %6.1f ms, then %6.3f us%n", what, opening, best);
    }
}

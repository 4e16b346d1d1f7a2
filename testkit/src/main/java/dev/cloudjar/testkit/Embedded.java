package dev.cloudjar.testkit;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A cloud in this JVM. The one class that touches Cloudjar's own classes, which an older JVM cannot load.
final class Embedded implements Running {
    private static final Logger LOG = System.getLogger(Cloud.class.getName());

    private final dev.cloudjar.app.Cloud cloud;
    private final HttpRequest.Peer peer = new HttpRequest.Peer(InetAddress.getLoopbackAddress(), false);
    private final AtomicBoolean hasPort = new AtomicBoolean();

    Embedded(List<String> options) {
        try {
            cloud = dev.cloudjar.app.Cloud.embed(
                    options, failure -> LOG.log(Level.ERROR, "Cloudjar failed, which is its own fault", failure));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        int port = cloud.port();
        hasPort.set(true);
        return port;
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public String address() {
        return hasPort.get() ? "http://localhost:" + port() : "http://localhost";
    }

    @Override
    public Reply send(Ask ask) throws IOException {
        var headers = new Headers();
        ask.headers().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        Ask.Target target = ask.target();
        Body body = Body.of(ask.length(), ask.body());
        HttpResponse response = cloud.handle(
                new HttpRequest(target.method(), target.host(), target.path(), target.query(), headers, body, peer));
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .forEach((name, value) ->
                        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return new Reply(response.status(), fields, response.body().open());
    }

    @Override
    public void fork(Runnable work) {
        cloud.fork(work);
    }

    @Override
    public void close() {
        cloud.close();
    }
}

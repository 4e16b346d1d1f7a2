package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;

/// A cloud in a [Child], behind a port of its own.
final class Hosted implements Running {
    private final Child child;
    private final int port;

    Hosted(List<String> options, Child child) {
        this.child = child;
        this.port = child.start(options);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isHere() {
        return false;
    }

    @Override
    public String address() {
        return "http://localhost:" + port;
    }

    @Override
    public Reply send(Ask ask) throws IOException {
        String query = ask.target().query();
        var url = URI.create(address() + ask.target().path() + (query.isEmpty() ? "" : "?" + query))
                .toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod(ask.target().method());
        connection.setDoOutput(ask.length().orElse(1) > 0);
        if (connection.getDoOutput()) {
            try (OutputStream out = connection.getOutputStream();
                    InputStream body = ask.body()) {
                body.transferTo(out);
            }
        }
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return new Reply(status, connection.getHeaderFields(), body == null ? InputStream.nullInputStream() : body);
    }

    @Override
    public void fork(Runnable work) {
        throw new IllegalStateException("clients of another process have threads of their own");
    }

    @Override
    public void close() {
        child.stop(port);
    }
}

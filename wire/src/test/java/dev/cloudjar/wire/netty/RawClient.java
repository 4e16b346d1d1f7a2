package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.http.AnswerReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A client that sends bytes as it is told and reads answers as HTTP/1 frames them.
final class RawClient implements AutoCloseable {
    /// An answer; field names are in lower case.
    record Answer(int status, Map<String, String> fields, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private static final int PATIENCE = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final AnswerReader reader;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        reader = new AnswerReader(in);
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    OutputStream out() {
        return out;
    }

    InputStream in() {
        return in;
    }

    Socket socket() {
        return socket;
    }

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n").answer();
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    /// The answer to HEAD, which has no body whatever its fields say.
    Answer headAnswer() throws IOException {
        return answer(true);
    }

    private Answer answer(boolean bodiless) throws IOException {
        AnswerReader.Raw raw = reader.answer(bodiless);
        return new Answer(raw.status(), raw.fields(), raw.body());
    }

    Map<String, String> fields() throws IOException {
        return reader.fields();
    }

    String line() throws IOException {
        return reader.line();
    }

    /// Whether the server has closed its side, once everything it sent has been read.
    boolean isAtEnd() throws IOException {
        return reader.isAtEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

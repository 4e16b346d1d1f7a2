package dev.cloudjar.conformance.client;

import dev.cloudjar.wire.http.AnswerReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One connection that speaks HTTP/1.1, or whatever bytes it is given, and reads answers as HTTP frames them. A
/// server that stays silent for too long makes it fail: nothing here ever hangs.
public final class Connection implements AutoCloseable {
    private static final int PATIENCE = 15_000;

    private final Socket socket;
    private final AnswerReader in;
    private final OutputStream out;
    private final String host;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new AnswerReader(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
        this.host = "localhost:" + socket.getPort();
    }

    public static Connection to(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        return new Connection(socket);
    }

    /// Sends `request` and reads the answer.
    public Answer exchange(Sent request) throws IOException {
        var head = new StringBuilder(request.method())
                .append(' ')
                .append(request.target())
                .append(" HTTP/1.1\r\n");
        if (!request.headers().containsKey("Host")) {
            head.append("Host: ").append(host).append("\r\n");
        }
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(request.body().length).append("\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(request.body());
        write(bytes.toByteArray());
        return answer(request.method().equals("HEAD"));
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Says that nothing more will be sent.
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /// The next answer; that to a HEAD has no body whatever its fields say. Those that only say "go on" are
    /// passed by.
    public Answer answer(boolean bodiless) throws IOException {
        AnswerReader.Raw raw = in.answer(bodiless);
        return raw.status() == 100 ? answer(bodiless) : new Answer(raw.status(), raw.fields(), raw.body());
    }

    /// Whether the server has hung up, once everything it sent has been read.
    public boolean isAtEnd() throws IOException {
        return in.isAtEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.cloudjar.conformance.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection that speaks HTTP/1.1, or whatever bytes it is given, and reads answers as HTTP frames them. A
/// server that stays silent for too long makes it fail: nothing here ever hangs.
public final class Connection implements AutoCloseable {
    private static final int PATIENCE = 15_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
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
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> fields = fields();
        if (status == 100) {
            return answer(bodiless);
        }
        if (bodiless || status == 204 || status == 304) {
            return new Answer(status, fields, new byte[0]);
        }
        if ("chunked".equals(fields.get("transfer-encoding"))) {
            return new Answer(status, fields, chunks());
        }
        String length = fields.get("content-length");
        return new Answer(status, fields, length == null ? in.readAllBytes() : exactly(Integer.parseInt(length)));
    }

    /// Whether the server has hung up, once everything it sent has been read.
    public boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return fields;
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.write(exactly(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("Only " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Connection closed after: " + text);
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

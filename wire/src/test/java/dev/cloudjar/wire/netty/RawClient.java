package dev.cloudjar.wire.netty;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
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
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> fields = fields();
        if (bodiless || status < 200 || status == 204 || status == 304) {
            return new Answer(status, fields, new byte[0]);
        }
        if ("chunked".equals(fields.get("transfer-encoding"))) {
            return new Answer(status, fields, chunks());
        }
        String length = fields.get("content-length");
        return new Answer(status, fields, length == null ? in.readAllBytes() : exactly(Integer.parseInt(length)));
    }

    Map<String, String> fields() throws IOException {
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
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.write(exactly(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("Only " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    String line() throws IOException {
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

    /// Whether the server has closed its side, once everything it sent has been read.
    boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

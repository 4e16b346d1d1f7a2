package dev.cloudjar.wire.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads answers from a connection as HTTP/1 frames them, for clients that send whatever bytes they like.
public final class AnswerReader {
    /// An answer as it came; field names are in lower case.
    public record Raw(int status, Map<String, String> fields, byte[] body) {}

    private final InputStream in;

    public AnswerReader(InputStream in) {
        this.in = in;
    }

    /// The next answer; that to a HEAD has no body whatever its fields say.
    public Raw answer(boolean bodiless) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> fields = fields();
        if (bodiless || status < 200 || status == 204 || status == 304) {
            return new Raw(status, fields, new byte[0]);
        }
        if ("chunked".equals(fields.get("transfer-encoding"))) {
            return new Raw(status, fields, chunks());
        }
        String length = fields.get("content-length");
        return new Raw(status, fields, length == null ? in.readAllBytes() : exactly(Integer.parseInt(length)));
    }

    public Map<String, String> fields() throws IOException {
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

    public String line() throws IOException {
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
    public boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}

package dev.cloudjar.wire.form;

import dev.cloudjar.wire.auth.S3Error;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a `multipart/form-data` body up to its file: the fields before it are held in memory, the file is left
/// to be streamed, and what comes after it does not count. Belongs to one request.
public final class FormReader {
    private static final int MOST_FIELDS = 20 << 10;
    private static final String BOUNDARY = "boundary=";

    private final InputStream in;
    private final byte[] delimiter;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private int size;

    private FormReader(InputStream in, String boundary) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
    }

    /// What a form holds: its fields by their names in lower case, the name of the file, and its bytes.
    public record Form(Map<String, String> fields, String filename, InputStream file) {}

    /// Reads the form in `body`, whose `Content-Type` names the boundary.
    public static Form read(InputStream body, String contentType) throws IOException {
        int at = contentType.indexOf(BOUNDARY);
        if (at < 0) {
            throw malformed();
        }
        String boundary = contentType.substring(at + BOUNDARY.length());
        int end = boundary.indexOf(';');
        String bare = (end < 0 ? boundary : boundary.substring(0, end)).strip().replace("\"", "");
        return new FormReader(body, bare).form();
    }

    private Form form() throws IOException {
        skipPreamble();
        while (true) {
            Map<String, String> headers = headers();
            String disposition = headers.getOrDefault("content-disposition", "");
            String name = parameter(disposition, "name").orElseThrow(FormReader::malformed);
            if (name.equalsIgnoreCase("file")) {
                Optional.ofNullable(headers.get("content-type"))
                        .ifPresent(type -> fields.putIfAbsent("content-type", type));
                String filename = parameter(disposition, "filename").orElse("");
                return new Form(fields, filename, new PartStream(in, delimiter));
            }
            fields.put(name.toLowerCase(Locale.ROOT), value());
            if (!more()) {
                throw S3Error.of("InvalidArgument", 400, "POST requires exactly one file upload per request.")
                        .with("ArgumentName", "file")
                        .with("ArgumentValue", "0")
                        .toError();
            }
        }
    }

    private void skipPreamble() throws IOException {
        String expected = new String(delimiter, 2, delimiter.length - 2, StandardCharsets.UTF_8);
        if (!line().equals(expected)) {
            throw malformed();
        }
    }

    /// Whether a delimiter is followed by another part.
    private boolean more() throws IOException {
        return !line().startsWith("--");
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String value() throws IOException {
        byte[] bytes = new PartStream(in, delimiter).readNBytes(MOST_FIELDS + 1);
        count(bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw malformed();
            }
            count(1);
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private void count(int more) {
        size += more;
        if (size > MOST_FIELDS) {
            throw S3Error.of(
                            "MaxPostPreDataLengthExceeded",
                            400,
                            "Your POST request fields preceeding the upload file was too large.")
                    .with("MaxPostPreDataLengthBytes", Integer.toString(MOST_FIELDS))
                    .toError();
        }
    }

    private static Optional<String> parameter(String header, String name) {
        int at = header.indexOf("; " + name + "=");
        if (at < 0) {
            return Optional.empty();
        }
        String rest = header.substring(at + name.length() + 3);
        if (rest.startsWith("\"")) {
            int end = rest.indexOf('"', 1);
            return Optional.of(end < 0 ? rest.substring(1) : rest.substring(1, end));
        }
        int end = rest.indexOf(';');
        return Optional.of(end < 0 ? rest : rest.substring(0, end));
    }

    private static RuntimeException malformed() {
        return S3Error.of(
                        "MalformedPOSTRequest",
                        400,
                        "The body of your POST request is not well-formed multipart/form-data.")
                .toError();
    }
}

package dev.cloudjar.wire.auth;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Undoes the gzip that clients may put on the requests of some operations, up to a size that no honest request
/// has.
final class Gunzip {
    private static final int LARGEST = 64 << 20;
    private static final String ENCODING = "Content-Encoding";

    private Gunzip() {}

    static HttpRequest apply(HttpRequest request, Endpoint endpoint) throws IOException {
        boolean gzipped = endpoint.isCompressible()
                && request.headers()
                        .get(ENCODING)
                        .filter(e -> e.strip().equalsIgnoreCase("gzip"))
                        .isPresent();
        if (!gzipped) {
            return request;
        }
        byte[] plain = decompress(request.body());
        var headers = new Headers();
        request.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(ENCODING) && !name.equalsIgnoreCase("Content-Length")) {
                headers.add(name, value);
            }
        });
        headers.add("Content-Length", Integer.toString(plain.length));
        return new HttpRequest(
                request.method(),
                request.host(),
                request.path(),
                request.query(),
                headers,
                Body.of(Blob.of(plain)),
                request.peer());
    }

    private static byte[] decompress(Body body) throws IOException {
        try (InputStream in = body.open();
                var unzipped = new GZIPInputStream(in)) {
            byte[] plain = unzipped.readNBytes(LARGEST);
            if (plain.length == LARGEST && unzipped.read() >= 0) {
                throw BodyFault.tooLarge(LARGEST);
            }
            return plain;
        } catch (ZipException | EOFException malformed) {
            throw BodyFault.notGzip();
        }
    }
}

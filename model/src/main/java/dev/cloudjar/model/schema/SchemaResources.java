package dev.cloudjar.model.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Where the binary schemas lie on the class path: a catalog, and a deflated file a service.
public final class SchemaResources {
    static final String DIRECTORY = "dev/cloudjar/model/schemas";
    static final String CATALOG = "catalog";

    private SchemaResources() {}

    /// The bytes of the catalog, for [BinarySchema#catalog].
    public static byte[] catalog() {
        return read(CATALOG, false).orElseThrow(() -> new IllegalStateException("No catalog on the class path"));
    }

    /// The bytes of a service's schema, for [BinarySchema#open].
    public static Optional<byte[]> service(String id) {
        return id.equals(CATALOG) ? Optional.empty() : read(id, true);
    }

    private static Optional<byte[]> read(String name, boolean packed) {
        try (InputStream in = SchemaResources.class.getResourceAsStream("/" + DIRECTORY + "/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            return Optional.of(packed ? new InflaterInputStream(in).readAllBytes() : in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pack(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var out = new DeflaterOutputStream(packed, deflater)) {
            out.write(bytes);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }
}

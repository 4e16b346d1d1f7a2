package dev.cloudjar.model.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Where the binary schemas lie on the class path: a catalog, and a deflated file a service.
public final class SchemaResources {
    static final String DIRECTORY = "dev/cloudjar/model/schemas/";
    static final String CATALOG = "catalog";
    static final String SERVICES = "services/";

    private static final String ROOT = "/" + DIRECTORY;

    private SchemaResources() {}

    /// The bytes of the catalog, for [BinarySchema#catalog].
    public static byte[] catalog() {
        return read(CATALOG);
    }

    /// The bytes of a service's schema, for [BinarySchema#open].
    public static byte[] service(String id) {
        return read(SERVICES.concat(id));
    }

    /// Services are packed, the catalog is not: it is read at every start.
    private static byte[] read(String name) {
        try (InputStream in = SchemaResources.class.getResourceAsStream(ROOT.concat(name))) {
            if (in == null) {
                throw new IllegalArgumentException("No schema on the class path: " + name);
            }
            return name.startsWith(SERVICES) ? new InflaterInputStream(in).readAllBytes() : in.readAllBytes();
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

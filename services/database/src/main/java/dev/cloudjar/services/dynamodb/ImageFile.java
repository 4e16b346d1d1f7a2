package dev.cloudjar.services.dynamodb;

import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Images.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// An image as a file: its entries one after another, each as key and attributes with their lengths. Neither who
/// writes it nor who reads it holds more of it than some entries.
final class ImageFile implements Enumeration<InputStream> {
    private static final int MOST = 1_000;
    private static final long LARGEST = 4L << 20;

    private final Iterator<List<Entry>> pages;
    private long items;
    private long bytes;

    ImageFile(Iterator<List<Entry>> pages) {
        this.pages = pages;
    }

    @Override
    public boolean hasMoreElements() {
        return pages.hasNext();
    }

    /// The next piece of the file.
    @Override
    public InputStream nextElement() {
        var piece = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(piece)) {
            for (Entry entry : pages.next()) {
                out.writeInt(entry.key().size());
                out.write(entry.key().bytes());
                out.writeInt(entry.attributes().size());
                out.write(entry.attributes().bytes());
                items++;
                bytes += entry.size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(piece.toByteArray());
    }

    /// How much has been written.
    Backup.Extent extent() {
        return new Backup.Extent(items, bytes);
    }

    /// Reads a file of `size` bytes, some entries at a time.
    static void read(InputStream file, long size, Consumer<List<Entry>> page) throws IOException {
        var in = new DataInputStream(file);
        List<Entry> some = new ArrayList<>();
        long left = size;
        long held = 0;
        while (left > 0) {
            byte[] key = in.readNBytes(in.readInt());
            byte[] attributes = in.readNBytes(in.readInt());
            some.add(new Entry(Blob.of(key), Blob.of(attributes)));
            held += attributes.length;
            left -= 2L * Integer.BYTES + key.length + attributes.length;
            if (left == 0 || some.size() == MOST || held >= LARGEST) {
                page.accept(List.copyOf(some));
                some.clear();
                held = 0;
            }
        }
    }
}

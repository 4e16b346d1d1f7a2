package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.CsvOptions;
import dev.cloudjar.api.DynamoDb.ImportTableInput;
import dev.cloudjar.api.DynamoDb.InputFormatOptions;
import dev.cloudjar.api.DynamoDb.S3BucketSource;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.ItemIon;
import dev.cloudjar.services.dynamodb.value.ItemJson;
import dev.cloudjar.services.dynamodb.value.Refusals;
import dev.cloudjar.services.dynamodb.value.Value;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// One import at work: reads files item by item into a table that nobody sees yet. An item that is not one, or
/// does not fit the table, is counted and left out.
final class ImportRun {
    private static final int AT_ONCE = 1_000;

    private final ObjectStore store;
    private final Images images;
    private final ImportTableInput in;
    private final DynamoTable target;
    private final ObjectStore.Bucket bucket;
    private final List<Images.Entry> waiting = new ArrayList<>();
    private long items;
    private long bytes;
    private long refused;

    ImportRun(ObjectStore store, Images images, ImportTableInput in, DynamoTable target) {
        this.store = store;
        this.images = images;
        this.in = in;
        this.target = target;
        S3BucketSource source = in.s3BucketSource();
        this.bucket = new ObjectStore.Bucket(source.s3Bucket(), source.s3BucketOwner());
    }

    /// Reads all files, and tells what was in them.
    Transfer.Extent extent() {
        String prefix = in.s3BucketSource().s3KeyPrefix().orElse("");
        for (ObjectStore.Found file : store.list(bucket, prefix)) {
            if (file.size() > 0) {
                bytes += file.size();
                read(file.key());
            }
        }
        flush();
        return new Transfer.Extent(items, bytes, items - refused, refused);
    }

    private void read(String key) {
        try (InputStream file = unpacked(store.open(bucket, key).open())) {
            switch (in.inputFormat()) {
                case "CSV" -> csv(new Csv(reader(file), delimiter()));
                case "ION" -> ion(file);
                default -> json(reader(file));
            }
        } catch (IOException | MalformedInputException broken) {
            items++;
            refused++;
        }
    }

    private InputStream unpacked(InputStream file) throws IOException {
        return switch (in.inputCompressionType().orElse("NONE")) {
            case "GZIP" -> new GZIPInputStream(file);
            case "ZSTD" -> new ZstdInputStream(file);
            default -> file;
        };
    }

    private static BufferedReader reader(InputStream file) {
        return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
    }

    private void json(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                String item = line;
                take(() -> ItemJson.item(item));
            }
        }
    }

    private void ion(InputStream file) throws IOException {
        try (var all = new ItemIon.Items(file)) {
            while (all.next()) {
                take(all::item);
            }
        }
    }

    private Optional<CsvOptions> options() {
        return in.inputFormatOptions().flatMap(InputFormatOptions::csv);
    }

    private char delimiter() {
        return options().flatMap(CsvOptions::delimiter).orElse(",").charAt(0);
    }

    private void csv(Csv file) throws IOException {
        List<String> header = options().map(CsvOptions::headerList).orElse(List.of());
        if (header.isEmpty()) {
            header = file.next();
        }
        List<String> names = header;
        for (List<String> line = file.next(); !line.isEmpty(); line = file.next()) {
            List<String> cells = line;
            take(() -> item(names, cells));
        }
    }

    /// All columns are strings but those that are keys, which have the types of their definitions.
    private Map<String, Value> item(List<String> names, List<String> cells) {
        if (names.size() != cells.size()) {
            throw Refusals.invalid("The number of columns is not that of the header");
        }
        Map<String, Value> item = LinkedHashMap.newLinkedHashMap(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            item.put(names.get(i), value(names.get(i), cells.get(i)));
        }
        return item;
    }

    private Value value(String name, String text) {
        return target.attributes().stream()
                .filter(key -> key.name().equals(name))
                .<Value>map(key -> switch (key.type()) {
                    case N -> AttributeValues.number(text);
                    case B -> new Value.B(ItemJson.binary(text));
                    default -> new Value.S(text);
                })
                .findFirst()
                .orElseGet(() -> new Value.S(text));
    }

    private void take(Supplier<Map<String, Value>> item) {
        items++;
        try {
            keep(item.get());
        } catch (AwsError invalid) {
            refused++;
        }
    }

    private void keep(Map<String, Value> item) {
        KeyChecks.checkItem(target, item);
        Draft.checkSize(item);
        waiting.add(new Images.Entry(target.keys().bytes(item).orElseThrow(), ItemCodec.encode(item)));
        if (waiting.size() == AT_ONCE) {
            flush();
        }
    }

    private void flush() {
        images.fill(target, List.copyOf(waiting));
        waiting.clear();
    }
}

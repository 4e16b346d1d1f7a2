package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.InventoryConfiguration;
import dev.cloudjar.api.S3.InventoryFrequency;
import dev.cloudjar.api.S3.InventoryS3BucketDestination;
import dev.cloudjar.api.S3.PutObjectRequest;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Inventories of buckets: every day or every Sunday, at midnight, a list of all objects and a manifest that says
/// where it is.
final class Inventory {
    static final String TASK = "inventory";
    private static final String SERVICE = "s3.amazonaws.com";

    /// When an inventory is to be taken next; a task for another time is an old one.
    record Stocktaking(Key key, Instant at) implements Row<Stocktaking.Key> {
        record Key(String bucket, String id) {}
    }

    /// How many objects stand in one file.
    private static final int MOST = 100_000;

    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm'Z'");
    private static final DateTimeFormatter HIVE = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm");

    private final Kernel kernel;
    private final Buckets buckets;
    private final Objects objects;
    private final Documents documents;
    private final Changes changes;
    private final Shipping shipping;
    private final Table<Stocktaking.Key, Stocktaking> turns;

    Inventory(Parts parts, Shipping shipping) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.objects = parts.objects();
        this.documents = parts.documents();
        this.changes = parts.changes();
        this.shipping = shipping;
        this.turns = kernel.table(Stocktaking.class, Scope.WORLD);
    }

    /// One inventory while it is taken: of what, to where, and what is there of it already.
    private record Taking(
            OwnedBucket from,
            OwnedBucket to,
            InventoryConfiguration wanted,
            Instant started,
            List<Map<String, Object>> files) {
        InventoryS3BucketDestination destination() {
            return wanted.destination().s3BucketDestination();
        }

        String folder() {
            String prefix = destination().prefix().map(text -> text + '/').orElse("");
            return prefix + from.name() + '/' + wanted.id() + '/';
        }
    }

    /// Sets down when an inventory is taken first.
    void schedule(String bucket, InventoryConfiguration wanted) {
        var now = kernel.time().now().atOffset(ZoneOffset.UTC);
        var midnight = now.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        Instant at = wanted.schedule().frequency().equals(InventoryFrequency.WEEKLY)
                ? midnight.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)).toInstant()
                : midnight.toInstant();
        var key = new Stocktaking.Key(bucket, wanted.id());
        kernel.transact(() -> {
            boolean known = turns.find(key).filter(turn -> turn.at().equals(at)).isPresent();
            if (!known) {
                turns.put(new Stocktaking(key, at));
                kernel.agenda().at(at, S3Service.ID, TASK, at.getEpochSecond() + "/" + bucket + '/' + wanted.id());
            }
            return known;
        });
    }

    /// Takes the inventory that `subject` names, `instant/bucket/id`, and sets down the next. A task of old has
    /// no row here: those shared a table with the lifecycle's.
    void take(String subject) {
        String[] names = subject.split("/", 3);
        Instant at = Instant.ofEpochSecond(Long.parseLong(names[0]));
        var key = new Stocktaking.Key(names[1], names[2]);
        boolean current = kernel.transact(() -> turns.find(key))
                .map(turn -> turn.at().equals(at))
                .orElse(true);
        Optional<OwnedBucket> bucket = current ? buckets.find(names[1]) : Optional.empty();
        Optional<InventoryConfiguration> wanted = bucket.flatMap(
                b -> documents.find(b, SeveralConfigurations.INVENTORY, names[2], new InventoryConfiguration()));
        if (wanted.isEmpty()) {
            return;
        }
        if (wanted.get().isEnabled()) {
            take(bucket.orElseThrow(), wanted.get());
        }
        schedule(names[1], wanted.get());
    }

    private void take(OwnedBucket from, InventoryConfiguration wanted) {
        var destination = wanted.destination().s3BucketDestination();
        Optional<OwnedBucket> to =
                Arn.parse(destination.bucket()).map(Arn::resource).flatMap(buckets::find);
        if (to.isPresent()) {
            var taking = new Taking(from, to.get(), wanted, kernel.time().now(), new ArrayList<>());
            if (list(taking)) {
                publish(taking);
            }
        }
    }

    /// Ships the list in files of so many objects each; answers whether the bucket takes them.
    private boolean list(Taking taking) {
        var lines = new InventoryLines(taking.from(), taking.wanted(), changes, tiers(taking));
        Optional<Version.Key> after = Optional.of(new Version.Key(taking.from().name(), "", 0));
        boolean let = true;
        InventoryFile format = file(taking.wanted());
        while (after.isPresent() && let) {
            List<Version> some = objects.page(after.get(), MOST);
            after = some.size() == MOST ? Optional.of(some.getLast().key()) : Optional.empty();
            Blob file = format.of(lines.rows(some));
            String key = taking.folder() + "data/" + kernel.ids().uuid() + format.extension();
            let = ship(taking, key, "application/octet-stream", file);
            var told = new LinkedHashMap<String, Object>();
            told.put("key", key);
            told.put("size", file.size());
            told.put("MD5checksum", Digests.hex(Digests.md5().digest(file.bytes())));
            taking.files().add(told);
        }
        return let;
    }

    private static InventoryFile file(InventoryConfiguration wanted) {
        return new InventoryFile(wanted.destination().s3BucketDestination().format(), InventoryLines.schema(wanted));
    }

    private Function<Version, String> tiers(Taking taking) {
        var tiers = new Tiers(documents);
        return version -> kernel.transact(() -> tiers.of(taking.from(), version, taking.started()));
    }

    /// Writes the manifest, its checksum, and the list for Hive, in the order in which AWS does: who finds the
    /// checksum finds all the rest.
    private void publish(Taking taking) {
        var at = taking.started().atOffset(ZoneOffset.UTC);
        String folder = taking.folder();
        String manifest = manifest(taking);
        String links = taking.files().stream()
                .map(file -> "s3://" + taking.to().name() + '/' + file.get("key") + '\n')
                .reduce("", String::concat);
        ship(taking, folder + "hive/dt=" + HIVE.format(at) + "/symlink.txt", "text/plain", Blob.of(links));
        ship(taking, folder + STARTED.format(at) + "/manifest.json", "application/json", Blob.of(manifest));
        String checksum = Digests.hex(Digests.md5().digest(manifest.getBytes(StandardCharsets.UTF_8)));
        ship(taking, folder + STARTED.format(at) + "/manifest.checksum", "text/plain", Blob.of(checksum));
    }

    private static String manifest(Taking taking) {
        var told = new LinkedHashMap<String, Object>();
        told.put("sourceBucket", taking.from().name());
        told.put("destinationBucket", taking.to().arn());
        told.put("version", "2016-11-30");
        told.put("creationTimestamp", Long.toString(taking.started().toEpochMilli()));
        told.put("fileFormat", file(taking.wanted()).name());
        told.put("fileSchema", file(taking.wanted()).told());
        told.put("files", taking.files());
        return Json.write(told);
    }

    private boolean ship(Taking taking, String key, String type, Blob content) {
        PutObjectRequest object = Shipping.file(key, type, content);
        taking.destination()
                .encryption()
                .ifPresent(by -> Shipping.seal(
                        object, by.sses3().isPresent(), by.ssekms().map(kms -> kms.keyId())));
        return shipping.ship(taking.from(), SERVICE, taking.to(), object);
    }
}

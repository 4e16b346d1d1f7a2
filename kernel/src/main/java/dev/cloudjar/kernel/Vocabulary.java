package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.codec.PlainRow;
import dev.cloudjar.kernel.store.Version;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says in AWS's words what stored rows are: which resource, by its kind and ARN, or which table's row.
final class Vocabulary {
    private static final String TAGS = "kernel.tags";
    private static final List<String> HOUSEKEEPING = List.of(
            "kernel.rows", "kernel.secrets", "kernel.blobs", "kernel.blobs.unused", "kernel.ends", "kernel.sweeps");

    /// Where a row stands: its table, and the account and region where the table is scoped to such.
    record Place(String table, String account, String region) {}

    /// What a key names. `tags` is true where the row holds the tags of the resource.
    record Named(Place place, Optional<Resource> resource, boolean tags) {
        /// Whether nobody but the kernel takes an interest in it.
        boolean isHousekeeping() {
            return HOUSEKEEPING.contains(place.table());
        }
    }

    /// A resource in AWS's words: `sqs:queue` and its ARN.
    record Resource(String kind, String arn) {}

    private final World world;
    private final Map<String, Kind<?>> kinds = new HashMap<>();

    Vocabulary(World world) {
        this.world = world;
        world.roster()
                .declared(Service::kinds)
                .forEach((service, declared) -> declared.forEach(kind -> kinds.put(service + '.' + kind.name(), kind)));
    }

    Named name(byte[] key) {
        List<String> texts = PlainRow.texts(key);
        String table = texts.isEmpty() ? "" : texts.getFirst();
        int scoped = texts.size() < 2
                ? 1
                : switch (texts.get(1)) {
                    case "REGION" -> 4;
                    case "ACCOUNT" -> 3;
                    case "WORLD" -> 2;
                    default -> 1;
                };
        var place = new Place(table, scoped > 2 ? at(texts, 2) : "", scoped > 3 ? at(texts, 3) : "");
        boolean tags = table.equals(TAGS);
        String kind = tags ? at(texts, scoped) : table;
        String id = at(texts, tags ? scoped + 1 : scoped);
        return new Named(place, Optional.ofNullable(kinds.get(kind)).map(of -> resource(of, id, place)), tags);
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "";
    }

    private Resource resource(Kind<?> kind, String id, Place place) {
        World.Settings settings = world.settings();
        String account = place.account().isEmpty() ? settings.account() : place.account();
        String region = place.region().isEmpty() ? settings.region() : place.region();
        Arn arn = world.call("cloudjar", account, region).run(() -> kind.arnOf(id));
        return new Resource(kind.service() + ':' + kind.name(), arn.toString());
    }

    /// The components of a row of `version`, by name.
    static Map<String, @Nullable Object> row(Version version, byte[] value) {
        return PlainRow.read(value, fingerprint -> {
            byte[] description = version.get(KeyCodec.encode(Transactions.DESCRIPTIONS, fingerprint));
            if (description == null) {
                throw new IllegalStateException("a stored row has no description: " + fingerprint);
            }
            return new String(description, StandardCharsets.UTF_8);
        });
    }
}

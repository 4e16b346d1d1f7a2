package dev.cloudjar.kernel;

import dev.cloudjar.kernel.Vocabulary.Place;
import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.store.Tx;
import dev.cloudjar.kernel.store.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What services say of rows that belong to their resources, for the resources of some versions of a world.
final class Tellings {
    private final Vocabulary vocabulary;
    private final List<Version> versions;
    private final Map<String, Telling> byTable = new HashMap<>();
    /// What the rows of a part are called, and of which resource; found when first asked for.
    private final Map<String, Map<@Nullable Object, String>> names = new HashMap<>();

    Tellings(World world, Vocabulary vocabulary, List<Version> versions) {
        this.vocabulary = vocabulary;
        this.versions = versions;
        world.roster()
                .declared(Service::tellings)
                .forEach((service, tellings) ->
                        tellings.forEach(telling -> byTable.put(service + '.' + telling.rows(), telling)));
    }

    Optional<Telling> of(String table) {
        return Optional.ofNullable(byTable.get(table));
    }

    /// Where `row` stands in words: `items of arn:…`; where it stood in the store if its resource is unknown.
    Place place(Telling telling, Place raw, Map<String, @Nullable Object> row) {
        String name = names.computeIfAbsent(raw.table(), _ -> names(telling))
                .get(telling.part().apply(row));
        return name == null ? raw : new Place(name, raw.account(), raw.region());
    }

    private Map<@Nullable Object, String> names(Telling telling) {
        Map<@Nullable Object, String> found = new HashMap<>();
        Kind<?> kind = telling.owner();
        byte[] prefix = KeyCodec.encode(new byte[0], kind.service() + '.' + kind.name());
        for (Version version : versions) {
            for (Tx.Cursor rows = version.under(prefix); rows.next(); ) {
                Optional<Vocabulary.Resource> resource =
                        vocabulary.name(rows.key()).resource();
                Map<String, @Nullable Object> owner = Vocabulary.row(version, rows.value());
                resource.ifPresent(each -> telling.parts()
                        .apply(owner)
                        .forEach((part, name) -> found.put(part, name + " of " + each.arn())));
            }
        }
        return found;
    }
}

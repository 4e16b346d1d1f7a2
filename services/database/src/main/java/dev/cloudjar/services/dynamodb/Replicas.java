package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb.ReplicationGroupUpdate;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Regions;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.dynamodb.Features.Stream;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The replicas of global tables: tables of one name in several regions, each of which knows the others. A
/// write goes to all of them in its one transaction, so they never differ.
final class Replicas {
    static final String FILL = "fill-replica";

    private final Kernel kernel;
    private final Shelf<DynamoTable> shelf;
    private final Items items;
    private final Streams streams;

    Replicas(Kernel kernel, Shelf<DynamoTable> shelf, Items items, Streams streams) {
        this.kernel = kernel;
        this.shelf = shelf;
        this.items = items;
        this.streams = streams;
    }

    private static <R> R in(String region, ScopedValue.CallableOp<R, RuntimeException> work) {
        Call call = Call.current();
        return call.in(call.account(), region).run(work);
    }

    /// Adds and removes replicas of `table`, and answers it as it is afterwards.
    DynamoTable update(DynamoTable table, List<ReplicationGroupUpdate> updates) {
        DynamoTable changed = table;
        for (ReplicationGroupUpdate update : updates) {
            if (update.create().isPresent()) {
                changed = add(changed, update.create().get().regionName());
            } else if (update.delete().isPresent()) {
                changed = remove(changed, update.delete().get().regionName());
            } else {
                String region = update.update()
                        .orElseThrow(() -> Refusals.parameters("One of Create, Update and Delete must be specified"))
                        .regionName();
                checkKnown(changed, region);
            }
        }
        return changed;
    }

    private static void checkKnown(DynamoTable table, String region) {
        if (!table.features().replicas().contains(region)) {
            throw Refusals.invalid(
                    "Replica in region '%s' of table '%s' was not found in the global table", region, table.id());
        }
    }

    private DynamoTable add(DynamoTable table, String region) {
        if (!Regions.exists(region)) {
            throw Refusals.parameters("Unsupported region: %s", region);
        }
        boolean taken = region.equals(Call.current().region())
                || in(region, () -> shelf.find(table.id()).isPresent());
        if (taken) {
            throw Refusals.invalid(
                    "Failed to create a the new replica of table with name: '%s' because one or more replicas already"
                            + " existed as tables.",
                    table.id());
        }
        DynamoTable streamed = streamed(table);
        List<String> all = new ArrayList<>(streamed.features().replicas());
        all.add(region);
        DynamoTable here = shelf.put(streamed.with(streamed.features().replicated(all)));
        streams.follow(here);
        in(region, () -> make(replica(streamed)));
        tellAll(here);
        fill(here, region, Blob.EMPTY);
        return here;
    }

    private DynamoTable make(DynamoTable replica) {
        shelf.create(replica.in(Phase.lasting("CREATING")), Map.of());
        streams.follow(replica);
        return replica;
    }

    /// Copies some more items into a replica. What is written meanwhile goes to both, so that either has what the
    /// other has of any item that was copied or written.
    private void fill(DynamoTable table, String region, Blob from) {
        Items.Some some = items.some(table, from);
        boolean there = in(
                region,
                () -> shelf.find(table.id()).map(replica -> copy(some, replica)).isPresent());
        if (there && some.next().isPresent()) {
            String cursor = HexFormat.of().formatHex(some.next().get().bytes());
            String subject = String.join("/", table.id(), region, cursor);
            kernel.agenda().at(kernel.time().now(), DynamoDbService.ID, FILL, subject);
        }
    }

    private DynamoTable copy(Items.Some some, DynamoTable replica) {
        some.items()
                .forEach(item -> items.put(replica, new Images.Entry(item.key().bytes(), item.attributes())));
        return some.next().isPresent()
                ? replica
                : shelf.update(
                        replica.id(),
                        row -> row.in(
                                new Phase(row.phase().moving(), kernel.time().now())));
    }

    /// Goes on with a replica that has not all items yet, if it is still one.
    void fill(String subject) {
        String[] parts = subject.split("/", 3);
        shelf.find(parts[0])
                .filter(table -> table.features().replicas().contains(parts[1]))
                .ifPresent(table -> fill(table, parts[1], Blob.of(HexFormat.of().parseHex(parts[2]))));
    }

    /// Global tables have streams of both images.
    private DynamoTable streamed(DynamoTable table) {
        if (table.features().stream().filter(Stream::enabled).isPresent()) {
            return table;
        }
        var stream = new TableDefinition(kernel, table.phase()).newStream("NEW_AND_OLD_IMAGES");
        return table.with(table.features().streaming(stream));
    }

    private DynamoTable replica(DynamoTable table) {
        List<Index> indexes = table.indexes().stream()
                .map(index -> new Index(
                        index.name(),
                        index.isGlobal(),
                        kernel.lot(),
                        index.keys(),
                        index.projected(),
                        index.capacity(),
                        index.phase(),
                        index.backfill()))
                .toList();
        var identity = new DynamoTable.Identity(
                kernel.lot(), kernel.lot(), kernel.ids().uuid(), kernel.time().now());
        return new DynamoTable(
                table.id(),
                identity,
                table.attributes(),
                table.keys(),
                indexes,
                table.capacity(),
                table.features(),
                table.phase());
    }

    /// Has every replica know all others.
    private void tellAll(DynamoTable table) {
        List<String> all = new ArrayList<>(table.features().replicas());
        all.add(Call.current().region());
        for (String region : all) {
            List<String> others =
                    all.stream().filter(other -> !other.equals(region)).toList();
            in(
                    region,
                    () -> shelf.update(
                            table.id(), row -> row.with(row.features().replicated(others))));
        }
    }

    private DynamoTable remove(DynamoTable table, String region) {
        checkKnown(table, region);
        in(region, () -> drop(shelf.get(table.id())));
        List<String> rest = table.features().replicas().stream()
                .filter(other -> !other.equals(region))
                .toList();
        DynamoTable here = shelf.put(table.with(table.features().replicated(rest)));
        tellAll(here);
        return here;
    }

    private DynamoTable drop(DynamoTable replica) {
        shelf.remove(replica.id());
        streams.end(replica);
        kernel.drop(replica.lot());
        replica.indexes().forEach(index -> kernel.drop(index.lot()));
        return replica;
    }

    /// Has the other replicas forget a table that is gone.
    void leave(DynamoTable table) {
        String gone = Call.current().region();
        for (String region : table.features().replicas()) {
            in(
                    region,
                    () -> shelf.update(
                            table.id(),
                            row -> row.with(row.features()
                                    .replicated(row.features().replicas().stream()
                                            .filter(other -> !other.equals(gone))
                                            .toList()))));
        }
    }
}

package dev.cloudjar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The tags of all resources of the call's account and region, whatever service they belong to, by what their
/// services declare of them. Global resources belong to the region `us-east-1`.
public final class Tagging {
    private static final String GLOBAL_REGION = "us-east-1";

    /// A resource that has tags or had some. `type` is the service in ARNs and the kind in AWS's words.
    public record Tagged(Arn arn, String service, String type, Map<String, String> tags) {}

    private final World world;

    public Tagging(World world) {
        this.world = world;
    }

    /// All that has tags or had some, in the order of their ARNs.
    public List<Tagged> all() {
        boolean global = Call.current().region().equals(GLOBAL_REGION);
        List<Tagged> all = new ArrayList<>(in(Scope.REGION).toList());
        if (global) {
            all.addAll(in(Scope.ACCOUNT).toList());
        }
        all.addAll(in(Scope.WORLD).toList());
        all.sort((one, other) -> one.arn().toString().compareTo(other.arn().toString()));
        return all;
    }

    private Stream<Tagged> in(Scope scope) {
        return Shelf.tags(world, scope).rows(Span.ALL).toList().stream()
                .flatMap(row -> place(row.key(), scope).stream()
                        .filter(Place::isHere)
                        .map(place -> new Tagged(
                                place.arn(),
                                place.shelf().kind().service(),
                                place.shelf().kind().name(),
                                row.tags())));
    }

    private Optional<Place<?>> place(Tags.Key key, Scope scope) {
        int cut = key.kind().indexOf('.');
        String service = key.kind().substring(0, cut);
        return world.service(service).stream()
                .flatMap(bound -> bound.service().kinds().stream())
                .filter(kind ->
                        kind.scope() == scope && kind.name().equals(key.kind().substring(cut + 1)))
                .<Place<?>>map(kind -> new Place<>(world.tables().shelf(world, service, kind), key.id()))
                .findFirst();
    }

    /// Adds tags to a resource; false where no service declares one with this ARN that is there.
    public boolean tag(Arn arn, Map<String, String> tags) {
        Optional<Place<?>> place = place(arn);
        place.ifPresent(at -> at.shelf().tag(at.id(), tags));
        return place.isPresent();
    }

    /// The tags of a resource of any account and region, where a service declares what has this ARN.
    public Optional<Map<String, String>> of(Arn arn) {
        return Call.current()
                .in(arn.account(), arn.region())
                .run(() -> world.transactions()
                        .run(() -> place(arn).map(at -> at.shelf().tags(at.id()))));
    }

    public boolean untag(Arn arn, Set<String> keys) {
        Optional<Place<?>> place = place(arn);
        place.ifPresent(at -> at.shelf().untag(at.id(), keys));
        return place.isPresent();
    }

    /// Where the resource stands that an ARN of the call's account and region names.
    private Optional<Place<?>> place(Arn arn) {
        return world.roster().owners(arn).stream()
                .flatMap(service -> world.service(service).stream()
                        .flatMap(bound -> bound.service().kinds().stream())
                        .flatMap(kind -> kind
                                .idIn(arn)
                                .<Place<?>>map(id -> new Place<>(world.tables().shelf(world, service, kind), id))
                                .stream()))
                .filter(place ->
                        place.isThere() && place.isHere() && place.arn().equals(arn))
                .findFirst();
    }

    /// A resource on its shelf.
    private record Place<R extends Resource>(Shelf<R> shelf, String id) {
        Arn arn() {
            return shelf.arn(id);
        }

        boolean isThere() {
            return shelf.find(id).isPresent();
        }

        /// Whether the resource is the call's account's and in its region, where the table alone does not say so.
        boolean isHere() {
            Call call = Call.current();
            return shelf.kind()
                    .traits()
                    .owner()
                    .map(owner -> shelf.find(id)
                            .map(owner)
                            .filter(new Kind.Owner(call.account(), call.region())::equals)
                            .isPresent())
                    .orElse(true);
        }
    }
}

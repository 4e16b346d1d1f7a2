package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.util.List;
import java.util.Optional;

/// Finds the access points that requests come through: by alias, by the first label of a host, by ARN.
final class Doors {
    private static final String BUCKETS = "arn:aws:s3:::";
    private static final String HOST = ".s3-accesspoint.";
    private static final String LAMBDA_HOST = ".s3-object-lambda.";
    private static final int ACCOUNT = 12;

    private final Kernel kernel;
    private final Table<String, BucketDoor> doors;
    private final Table<String, BucketDoor.Alias> aliases;
    private final Table<String, GlobalDoor> globals;
    private final Table<String, LambdaDoor> lambdas;
    private final Table<String, OwnedBucket> buckets;

    Doors(Kernel kernel) {
        this.kernel = kernel;
        this.doors = kernel.table(BucketDoor.class);
        this.aliases = kernel.table(BucketDoor.Alias.class, Scope.WORLD);
        this.globals = kernel.table(GlobalDoor.class, Scope.ACCOUNT);
        this.lambdas = kernel.table(LambdaDoor.class);
        this.buckets = kernel.table(OwnedBucket.class, Scope.WORLD);
    }

    Table<String, BucketDoor> rows() {
        return doors;
    }

    Table<String, BucketDoor.Alias> aliases() {
        return aliases;
    }

    Table<String, GlobalDoor> globals() {
        return globals;
    }

    Table<String, LambdaDoor> lambdas() {
        return lambdas;
    }

    /// Whether any access point leads to the bucket, whoever has made it.
    boolean lead(OwnedBucket bucket) {
        return aliases.rows(Span.ALL).anyMatch(alias -> alias.bucket().equals(bucket.name()));
    }

    /// Whether the host says that its first label is an access point.
    private static boolean isHost() {
        return Call.current().request().endpoint().contains(HOST);
    }

    /// Whether the request is meant for Object Lambda, as its host or its signature says.
    private static boolean isForLambda() {
        Call call = Call.current();
        return call.request().endpoint().contains(LAMBDA_HOST)
                || call.facts().of("cloudjar:signedfor").contains(LambdaDoor.SERVICE);
    }

    /// The access point that clients mean by `name` where a bucket's could stand. By name and account it is meant
    /// where the host says so, or no bucket is called like that.
    Optional<Door> find(String name) {
        if (isAlias(name)) {
            return kernel.transact(() -> aliases.find(name).flatMap(this::meant));
        }
        int cut = name.length() - ACCOUNT - 1;
        boolean named = cut > 0 && name.charAt(cut) == '-' && isNumber(name, cut + 1);
        if (named && isForLambda()) {
            return through(name.substring(cut + 1), Call.current().region(), name.substring(0, cut));
        }
        return named && (isHost() || !kernel.transact(() -> buckets.has(name)))
                ? at(name.substring(cut + 1), Call.current().region(), name.substring(0, cut))
                : Optional.empty();
    }

    private static boolean isNumber(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlias(String name) {
        return name.endsWith(BucketDoor.SUFFIX)
                || name.endsWith(BucketDoor.DIRECTORY_SUFFIX)
                || name.endsWith(GlobalDoor.SUFFIX)
                || name.endsWith(LambdaDoor.SUFFIX);
    }

    /// Aliases of old do not tell the access point, so it is looked for beside its bucket.
    private Optional<Door> meant(BucketDoor.Alias alias) {
        if (alias.door().isEmpty()) {
            return doors.rows(Span.ALL)
                    .filter(door -> door.alias().equals(alias.key()))
                    .findFirst()
                    .map(door ->
                            door(door, Call.current().account(), Call.current().region()));
        }
        return alias.key().endsWith(LambdaDoor.SUFFIX)
                ? through(alias.account(), alias.region(), alias.door())
                : at(alias.account(), alias.region(), alias.door());
    }

    /// The access point of this ARN, or in which the object of this ARN is.
    Optional<Door> find(Arn arn) {
        if (!Door.isIn(arn.resource())) {
            return Optional.empty();
        }
        String name = Door.name(arn.resource());
        return arn.service().equals(LambdaDoor.SERVICE)
                ? through(arn.account(), arn.region(), name)
                : at(arn.account(), arn.region(), name);
    }

    /// The access point behind one of Object Lambda.
    private Optional<Door> through(String account, String region, String name) {
        var arn = new Arn(Arn.partition(region), LambdaDoor.SERVICE, region, account, Door.resource(name));
        return Call.current()
                .in(account, region)
                .run(() -> kernel.transact(() -> lambdas.find(name)
                        .flatMap(lambda -> doors.find(lambda.supporting())
                                .map(door -> door(door, account, region)
                                        .behind(new ObjectLambda(arn, lambda, door.alias()))))));
    }

    private Optional<Door> at(String account, String region, String name) {
        Call call = Call.current();
        if (!region.isEmpty()) {
            return call.in(account, region)
                    .run(() -> kernel.transact(() -> doors.find(name)).map(door -> door(door, account, region)));
        }
        String id = name.endsWith(GlobalDoor.SUFFIX)
                ? kernel.transact(() -> aliases.find(name))
                        .map(BucketDoor.Alias::door)
                        .orElse(name)
                : name;
        return call.in(account, call.region())
                .run(() -> kernel.transact(() -> globals.find(id)).map(door -> door.led(account, call.region())));
    }

    static Door door(BucketDoor door, String account, String region) {
        String service = door.isOfDirectory() ? "s3express" : S3Service.ID;
        var arn = new Arn(Arn.partition(region), service, region, account, Door.resource(door.key()));
        return new Door(arn, door.bucket(), door.policy(), door.vpc(), door.open(), door.reach(), Optional.empty());
    }

    /// What a request wants, once it is known which of it comes through an access point.
    List<Access> joined(List<Access> wanted) {
        return wanted.stream().flatMap(access -> joined(access).stream()).toList();
    }

    List<Access> joined(Access access) {
        String resource = access.resource();
        if (!resource.startsWith(BUCKETS)) {
            return List.of(access);
        }
        int slash = resource.indexOf('/');
        String name = resource.substring(BUCKETS.length(), slash < 0 ? resource.length() : slash);
        String key = slash < 0 ? "" : resource.substring(slash + 1);
        return find(name)
                .map(door -> door.joined(
                        Access.of(access.action(), BUCKETS + door.bucket() + (slash < 0 ? "" : '/' + key)), key))
                .orElseGet(() -> List.of(access));
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// What an operation wants of a bucket and what is in it, by whatever name the client calls the bucket.
final class Wanted {
    private final Kernel kernel;
    private final Doors doors;

    Wanted(Parts parts) {
        this.kernel = parts.kernel();
        this.doors = parts.buckets().doors();
    }

    /// All that `operation` wants, where the bucket that is meant is called `bucket` itself.
    List<Access> of(OperationSchema operation, Struct input, String bucket) {
        var in = new Asked(input);
        Optional<Door> door = doors.find(in.bucket());
        return Directories.isName(bucket)
                ? DirectoryAccess.wanted(operation, in, bucket, door)
                : door.flatMap(Door::lambda)
                        .flatMap(lambda -> lambda.wanted(operation, in))
                        .orElseGet(() -> doors.joined(Actions.wanted(operation, input)));
    }

    /// Asks another account's access point about the root of the bucket's owner, whom nobody judges in its own
    /// account.
    void checkForeign(OperationSchema operation, Struct input, OwnedBucket bucket) {
        Principal who = Call.current().principal();
        if (who.kind() != Principal.Kind.ROOT || !who.account().equals(bucket.owner())) {
            return;
        }
        doors.find(new Asked(input).bucket())
                .map(door -> door.lambda().map(ObjectLambda::arn).orElse(door.arn()))
                .filter(door -> !door.account().equals(who.account()))
                .ifPresent(door -> {
                    List<Access> upon = of(operation, input, bucket.name()).stream()
                            .filter(access -> isOf(door, access))
                            .toList();
                    Call there = Call.current().in(door.account(), bucket.region());
                    upon.forEach(access -> there.run(() -> {
                        kernel.require(access);
                        return true;
                    }));
                });
    }

    private static boolean isOf(Arn door, Access access) {
        return Arn.parse(access.resource())
                .filter(arn -> arn.account().equals(door.account()))
                .isPresent();
    }
}

package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.services.s3.BucketDoor.Reach;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A multi-region access point: a name for buckets in several regions, of which the nearest active one answers.
///
/// @param open which of the four settings of Block Public Access it leaves off
record GlobalDoor(
        String key,
        String alias,
        Phase<Status> phase,
        java.time.Instant created,
        List<Place> places,
        List<String> open,
        String policy)
        implements Row<String> {
    static final String SUFFIX = ".mrap";

    /// What becomes of it, in AWS's words.
    enum Status {
        CREATING,
        READY,
        DELETING,
        GONE
    }

    /// A bucket that it leads to. `dial` is how much of the traffic goes there in percent: all or nothing.
    record Place(String region, String bucket, String account, int dial) {
        Place dialled(int other) {
            return new Place(region, bucket, account, other);
        }
    }

    GlobalDoor with(Phase<Status> other) {
        return new GlobalDoor(key, alias, other, created, places, open, policy);
    }

    GlobalDoor with(String other) {
        return new GlobalDoor(key, alias, phase, created, places, open, other);
    }

    GlobalDoor with(List<Place> others) {
        return new GlobalDoor(key, alias, phase, created, others, open, policy);
    }

    /// Where a request from `region` comes out.
    Door led(String account, String region) {
        Place nearest = places.stream()
                .filter(place -> place.dial() > 0)
                .min(Comparator.comparingDouble(place -> Distances.between(region, place.region())))
                .orElseThrow();
        var arn = new Arn(Arn.partition(region), S3Service.ID, "", account, Door.resource(alias));
        return new Door(arn, nearest.bucket(), policy, "", open, Reach.ALL, Optional.empty());
    }
}

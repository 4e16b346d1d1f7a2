package dev.cloudjar.kernel;

import java.util.Optional;
import java.util.Set;

/// The regions of AWS. The newer ones are closed to an account until it has enabled them. The port of Account.
public interface Regions {
    /// Regions that every account may use.
    Set<String> BY_DEFAULT = Set.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    /// Regions that an account may use once it has said so.
    Set<String> ON_DEMAND = Set.of(
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1");

    /// Whether there is such a region. Those of other partitions are known by their beginning.
    static boolean exists(String region) {
        return BY_DEFAULT.contains(region)
                || ON_DEMAND.contains(region)
                || !Arn.partition(region).equals("aws");
    }

    /// Whether an account has enabled or disabled a region; nothing where it never did either.
    Optional<Boolean> choice(String account, String region);
}

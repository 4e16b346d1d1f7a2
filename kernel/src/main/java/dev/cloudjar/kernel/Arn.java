package dev.cloudjar.kernel;

import java.util.Optional;

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
public record Arn(String partition, String service, String region, String account, String resource) {
    private static final int PARTS = 6;

    /// The parts of `text`, or nothing where it is no ARN.
    public static Optional<Arn> parse(String text) {
        String[] parts = text.split(":", PARTS);
        return parts.length == PARTS && parts[0].equals("arn") && !parts[2].isEmpty()
                ? Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]))
                : Optional.empty();
    }

    /// A resource of `service` in the account and region of the current call.
    public static Arn here(String service, String resource) {
        Call call = Call.current();
        return new Arn(partition(call.region()), service, call.region(), call.account(), resource);
    }

    /// The same resource in another region and account; both may be empty.
    public Arn in(String otherRegion, String otherAccount) {
        return new Arn(partition, service, otherRegion, otherAccount, resource);
    }

    /// The partition to which a region belongs.
    public static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /// What stands behind the last slash or colon of the resource.
    public String name() {
        int cut = Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':'));
        return resource.substring(cut + 1);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ':' + service + ':' + region + ':' + account + ':' + resource;
    }
}

package dev.cloudjar.services.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Regions, availability zones, and what an account has there.
record Places(Network network, DefaultVpc defaults) implements Part {
    private static final Map<String, Function<RegionFacts, String>> REGION_FILTERS = Map.of(
            "region-name", RegionFacts::name,
            "endpoint", RegionFacts::endpoint,
            "opt-in-status", RegionFacts::optInStatus);

    private static final Map<String, Function<AvailabilityZone, Optional<String>>> ZONE_FILTERS = Map.ofEntries(
            Map.entry("group-name", AvailabilityZone::groupName),
            Map.entry("message", _ -> Optional.empty()),
            Map.entry("opt-in-status", AvailabilityZone::optInStatus),
            Map.entry("region-name", AvailabilityZone::regionName),
            Map.entry("state", AvailabilityZone::state),
            Map.entry("zone-id", AvailabilityZone::zoneId),
            Map.entry("zone-name", AvailabilityZone::zoneName),
            Map.entry("zone-type", AvailabilityZone::zoneType));

    private static final Map<String, String> ACCOUNT = Map.of(
            "supported-platforms", "VPC",
            "max-instances", "20",
            "vpc-max-security-groups-per-interface", "5",
            "max-elastic-ips", "5",
            "vpc-max-elastic-ips", "5");

    @Override
    public DescribeRegionsResult describeRegions(DescribeRegionsRequest in) {
        List<RegionFacts> all = RegionFacts.all();
        checkKnown(in.regionNames(), all.stream().map(RegionFacts::name).toList(), "region");
        return new DescribeRegionsResult()
                .regions(all.stream()
                        .filter(region ->
                                in.regionNames().isEmpty() || in.regionNames().contains(region.name()))
                        .filter(region -> Listing.matches(
                                in,
                                name -> Optional.ofNullable(REGION_FILTERS.get(name))
                                        .map(value -> List.of(value.apply(region)))))
                        .map(region -> new Region()
                                .regionName(region.name())
                                .endpoint(region.endpoint())
                                .optInStatus(region.optInStatus()))
                        .toList());
    }

    @Override
    public DescribeAvailabilityZonesResult describeAvailabilityZones(DescribeAvailabilityZonesRequest in) {
        var here = RegionFacts.current();
        List<AvailabilityZone> all =
                here.zones().stream().map(zone -> told(here, zone)).toList();
        checkKnown(in.zoneNames(), here.zones(), "availability zone");
        checkKnown(in.zoneIds(), here.zones().stream().map(RegionFacts::zoneId).toList(), "availability zone id");
        return new DescribeAvailabilityZonesResult()
                .availabilityZones(all.stream()
                        .filter(zone -> isAsked(in.zoneNames(), zone.zoneName()))
                        .filter(zone -> isAsked(in.zoneIds(), zone.zoneId()))
                        .filter(zone -> Listing.matches(
                                in,
                                name -> Optional.ofNullable(ZONE_FILTERS.get(name))
                                        .map(value -> value.apply(zone).stream().toList())))
                        .toList());
    }

    private static boolean isAsked(List<String> asked, Optional<String> name) {
        return asked.isEmpty() || asked.contains(name.orElse(""));
    }

    private static AvailabilityZone told(RegionFacts region, String zone) {
        return new AvailabilityZone()
                .zoneName(zone)
                .zoneId(RegionFacts.zoneId(zone))
                .regionName(region.name())
                .groupName(region.name() + "-zg-1")
                .networkBorderGroup(region.name())
                .zoneType("availability-zone")
                .optInStatus("opt-in-not-required")
                .state("available");
    }

    private static void checkKnown(List<String> asked, List<String> known, String what) {
        asked.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw Refusals.INVALID_VALUE.because("Invalid %s: [%s]", what, name);
        });
    }

    @Override
    public DescribeAccountAttributesResult describeAccountAttributes(DescribeAccountAttributesRequest in) {
        String defaultVpc = defaults.find().map(VpcRow::id).orElse("none");
        return new DescribeAccountAttributesResult()
                .accountAttributes(Stream.concat(
                                ACCOUNT.entrySet().stream(), Stream.of(Map.entry("default-vpc", defaultVpc)))
                        .filter(entry -> in.attributeNames().isEmpty()
                                || in.attributeNames().contains(entry.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new AccountAttribute()
                                .attributeName(entry.getKey())
                                .attributeValues(List.of(new AccountAttributeValue().attributeValue(entry.getValue()))))
                        .toList());
    }
}

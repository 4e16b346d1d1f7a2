package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import java.util.List;
import java.util.stream.Stream;

/// A region of AWS: its name, the short form in zone ids, the letters of its zones, and whether an account has
/// to opt in first.
record RegionFacts(String name, String brief, String letters, boolean optIn) {
    private static final List<RegionFacts> ALL = Stream.of(
                    "af-south-1 afs1 abc +",
                    "ap-east-1 ape1 abc +",
                    "ap-northeast-1 apne1 acd",
                    "ap-northeast-2 apne2 abcd",
                    "ap-northeast-3 apne3 abc",
                    "ap-south-1 aps1 abc",
                    "ap-south-2 aps2 abc +",
                    "ap-southeast-1 apse1 abc",
                    "ap-southeast-2 apse2 abc",
                    "ap-southeast-3 apse3 abc +",
                    "ap-southeast-4 apse4 abc +",
                    "ca-central-1 cac1 abd",
                    "ca-west-1 caw1 abc +",
                    "eu-central-1 euc1 abc",
                    "eu-central-2 euc2 abc +",
                    "eu-north-1 eun1 abc",
                    "eu-south-1 eus1 abc +",
                    "eu-south-2 eus2 abc +",
                    "eu-west-1 euw1 abc",
                    "eu-west-2 euw2 abc",
                    "eu-west-3 euw3 abc",
                    "il-central-1 ilc1 abc +",
                    "me-central-1 mec1 abc +",
                    "me-south-1 mes1 abc +",
                    "sa-east-1 sae1 abc",
                    "us-east-1 use1 abcdef",
                    "us-east-2 use2 abc",
                    "us-west-1 usw1 ac",
                    "us-west-2 usw2 abcd",
                    "cn-north-1 cnn1 abd",
                    "cn-northwest-1 cnnw1 abc",
                    "us-gov-east-1 usge1 abc",
                    "us-gov-west-1 usgw1 abc")
            .map(line -> line.split(" "))
            .map(words -> new RegionFacts(words[0], words[1], words[2], words.length > 3))
            .toList();

    /// The regions of the partition of the call.
    static List<RegionFacts> all() {
        String partition = Arn.partition(Call.current().region());
        return ALL.stream()
                .filter(region -> Arn.partition(region.name).equals(partition))
                .toList();
    }

    /// The region of the call; one that AWS does not have has three zones.
    static RegionFacts current() {
        return named(Call.current().region());
    }

    private static RegionFacts named(String name) {
        return ALL.stream()
                .filter(region -> region.name.equals(name))
                .findFirst()
                .orElseGet(() -> new RegionFacts(name, name.replace("-", ""), "abc", false));
    }

    List<String> zones() {
        return letters.chars().mapToObj(letter -> name + (char) letter).toList();
    }

    /// The id of a zone, which is the same for all accounts: `use1-az1` of `us-east-1a`.
    static String zoneId(String zone) {
        RegionFacts region = named(zone.substring(0, zone.length() - 1));
        return region.brief + "-az" + (region.zones().indexOf(zone) + 1);
    }

    String endpoint() {
        return "ec2." + name + (name.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    String optInStatus() {
        return optIn ? "opted-in" : "opt-in-not-required";
    }
}

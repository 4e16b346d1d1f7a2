package dev.cloudjar.services.ec2;

import dev.cloudjar.api.Ec2.IpPermission;
import dev.cloudjar.api.Ec2.IpRange;
import dev.cloudjar.api.Ec2.Ipv6Range;
import dev.cloudjar.api.Ec2.PrefixListId;
import dev.cloudjar.api.Ec2.UserIdGroupPair;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.ec2.RuleRow.Group;
import dev.cloudjar.services.ec2.RuleRow.Ipv4;
import dev.cloudjar.services.ec2.RuleRow.Ipv6;
import dev.cloudjar.services.ec2.RuleRow.Match;
import dev.cloudjar.services.ec2.RuleRow.Peer;
import dev.cloudjar.services.ec2.RuleRow.Prefixes;
import dev.cloudjar.services.ec2.RuleRow.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rules as requests and groups have them: a protocol and its ports with all peers of either sort at once.
final class Permissions {
    private static final Map<String, String> NAMES = Map.of(
            "6",
            "tcp",
            "17",
            "udp",
            "1",
            "icmp",
            "58",
            "icmpv6",
            "all",
            Traffic.ALL,
            "tcp",
            "tcp",
            "udp",
            "udp",
            "icmp",
            "icmp",
            "icmpv6",
            "icmpv6",
            Traffic.ALL,
            Traffic.ALL);

    private final Network network;

    Permissions(Network network) {
        this.network = network;
    }

    /// A rule that is asked for.
    record Asked(Match match, Optional<String> description) {}

    /// The rules that `permissions` stand for, of a group in `vpc`.
    List<Asked> read(List<IpPermission> permissions, GroupRow group, boolean egress) {
        List<Asked> asked = new ArrayList<>();
        for (IpPermission permission : permissions) {
            Traffic traffic = traffic(permission.ipProtocol(), permission.fromPort(), permission.toPort());
            int before = asked.size();
            permission
                    .ipRanges()
                    .forEach(range ->
                            asked.add(asked(egress, traffic, ipv4(range.cidrIp().orElse("")), range.description())));
            permission
                    .ipv6Ranges()
                    .forEach(range -> asked.add(
                            asked(egress, traffic, ipv6(range.cidrIpv6().orElse("")), range.description())));
            permission
                    .prefixListIds()
                    .forEach(list -> asked.add(asked(
                            egress, traffic, new Prefixes(list.prefixListId().orElse("")), list.description())));
            permission
                    .userIdGroupPairs()
                    .forEach(pair -> asked.add(asked(egress, traffic, group(pair, group), pair.description())));
            if (asked.size() == before) {
                throw Refusals.MISSING_PARAMETER.because(
                        "Missing source specification: include source security group or CIDR information");
            }
        }
        return asked;
    }

    private static Asked asked(boolean egress, Traffic traffic, Peer peer, Optional<String> description) {
        return new Asked(new Match(egress, traffic, peer), description);
    }

    static Peer ipv4(String text) {
        return new Ipv4(Cidr.parse(text).orElseThrow(() -> malformed(text)));
    }

    static Peer ipv6(String text) {
        return new Ipv6(Ipv6Cidr.parse(text).orElseThrow(() -> malformed(text)));
    }

    private static AwsError malformed(String cidr) {
        return Refusals.INVALID_VALUE.because("CIDR block %s is malformed", cidr);
    }

    private Peer group(UserIdGroupPair pair, GroupRow of) {
        String id = pair.groupId()
                .orElseGet(() -> network.groupsOf(of.vpc())
                        .filter(group -> group.name().equals(pair.groupName().orElse("")))
                        .findFirst()
                        .orElseThrow(() -> network.groups()
                                .kind()
                                .missing()
                                .apply(pair.groupName().orElse("")))
                        .id());
        return group(id, of);
    }

    /// Another group of the same VPC, as a peer.
    Peer group(String id, GroupRow of) {
        GroupRow other = network.groups().get(id);
        if (!other.vpc().equals(of.vpc())) {
            throw Refusals.INVALID_VALUE.because("You have specified two resources that belong to different networks.");
        }
        return new Group(other.id(), dev.cloudjar.kernel.Call.current().account());
    }

    static Traffic traffic(Optional<String> protocol, Optional<Integer> from, Optional<Integer> to) {
        String asked = protocol.orElseThrow(() -> Refusals.missing("ipProtocol"));
        String name = NAMES.get(asked.toLowerCase(Locale.ROOT));
        if (name == null) {
            boolean number =
                    asked.length() <= 3 && asked.chars().allMatch(c -> c >= '0' && c <= '9') && !asked.isEmpty();
            if (!number || Integer.parseInt(asked) > 255) {
                throw Refusals.INVALID_VALUE.because("Invalid value '%s' for IP protocol. Unknown protocol.", asked);
            }
            return new Traffic(asked, -1, -1);
        }
        var traffic = new Traffic(name, from.orElse(-1), to.orElse(-1));
        if (name.equals(Traffic.ALL)) {
            return new Traffic(name, -1, -1);
        }
        if (from.isEmpty() || to.isEmpty()) {
            throw Refusals.INVALID_VALUE.because(
                    "Invalid value 'Must specify both from and to ports with %s.' for portRange.",
                    traffic.isIcmp() ? "ICMP" : "TCP/UDP");
        }
        checkPorts(traffic);
        return traffic;
    }

    private static void checkPorts(Traffic traffic) {
        int least = traffic.isIcmp() ? -1 : 0;
        int most = traffic.isIcmp() ? 255 : 65_535;
        for (int port : new int[] {traffic.from(), traffic.to()}) {
            if (port < least || port > most) {
                throw Refusals.INVALID_VALUE.because(
                        traffic.isIcmp() ? "ICMP type or code (%d) out of range" : "TCP/UDP port (%d) out of range",
                        port);
            }
        }
        if (traffic.hasPorts() && traffic.from() > traffic.to()) {
            throw Refusals.INVALID_VALUE.because("Invalid TCP/UDP port range (%d:%d)", traffic.from(), traffic.to());
        }
    }

    /// The rules of a group in one direction, those of the same traffic together.
    static List<IpPermission> told(List<RuleRow> rules, boolean egress) {
        var byTraffic = new LinkedHashMap<Traffic, List<RuleRow>>();
        rules.stream()
                .filter(rule -> rule.match().egress() == egress)
                .forEach(rule -> byTraffic
                        .computeIfAbsent(rule.match().traffic(), _ -> new ArrayList<>())
                        .add(rule));
        return byTraffic.entrySet().stream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static IpPermission told(Traffic traffic, List<RuleRow> rules) {
        List<IpRange> blocks = new ArrayList<>();
        List<Ipv6Range> blocks6 = new ArrayList<>();
        List<PrefixListId> lists = new ArrayList<>();
        List<UserIdGroupPair> groups = new ArrayList<>();
        for (RuleRow rule : rules) {
            switch (rule.match().peer()) {
                case Ipv4 block -> blocks.add(new IpRange().cidrIp(block.text()).description(rule.description()));
                case Ipv6 block ->
                    blocks6.add(new Ipv6Range().cidrIpv6(block.cidr()).description(rule.description()));
                case Prefixes list ->
                    lists.add(new PrefixListId().prefixListId(list.list()).description(rule.description()));
                case Group group ->
                    groups.add(new UserIdGroupPair()
                            .groupId(group.id())
                            .userId(group.owner())
                            .description(rule.description()));
            }
        }
        boolean ports = traffic.hasPorts() || traffic.isIcmp();
        return new IpPermission()
                .ipProtocol(traffic.protocol())
                .fromPort(Optional.of(traffic.from()).filter(_ -> ports))
                .toPort(Optional.of(traffic.to()).filter(_ -> ports))
                .ipRanges(blocks)
                .ipv6Ranges(blocks6)
                .prefixListIds(lists)
                .userIdGroupPairs(groups);
    }
}

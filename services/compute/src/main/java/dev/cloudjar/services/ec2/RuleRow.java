package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Resource;
import java.util.Optional;

/// A rule of a security group: which traffic is allowed, from or to whom.
record RuleRow(String id, String group, Match match, Optional<String> description) implements Resource {
    /// What makes two rules of a group the same.
    record Match(boolean egress, Traffic traffic, Peer peer) {
        /// In the words in which EC2 tells of a duplicate.
        @Override
        public String toString() {
            return "peer: " + peer.text() + ", " + traffic + ", ALLOW";
        }
    }

    /// A protocol in AWS's words (`tcp`, `-1`, `50`) with its ports, or ICMP's type and code; -1 stands for all.
    record Traffic(String protocol, int from, int to) {
        static final String ALL = "-1";

        boolean hasPorts() {
            return protocol.equals("tcp") || protocol.equals("udp");
        }

        boolean isIcmp() {
            return protocol.startsWith("icmp");
        }

        @Override
        public String toString() {
            if (protocol.equals(ALL)) {
                return "ALL";
            }
            if (!hasPorts() && !isIcmp()) {
                return "protocol: " + protocol;
            }
            String name = protocol.equals("tcp") ? "TCP" : protocol.equals("udp") ? "UDP" : "ICMP";
            return isIcmp()
                    ? name + ", type: " + any(from) + ", code: " + any(to)
                    : name + ", from port: " + from + ", to port: " + to;
        }

        private static String any(int number) {
            return number < 0 ? "ALL" : Integer.toString(number);
        }
    }

    /// Whom a rule is about.
    sealed interface Peer {
        String text();
    }

    /// A block of IPv4 addresses.
    record Ipv4(Cidr cidr) implements Peer {
        @Override
        public String text() {
            return cidr.toString();
        }
    }

    /// A block of IPv6 addresses, in its shortest spelling.
    record Ipv6(String cidr) implements Peer {
        @Override
        public String text() {
            return cidr;
        }
    }

    /// A managed prefix list.
    record Prefixes(String list) implements Peer {
        @Override
        public String text() {
            return list;
        }
    }

    /// The members of a security group.
    record Group(String id, String owner) implements Peer {
        @Override
        public String text() {
            return id;
        }
    }

    RuleRow with(Match other, Optional<String> text) {
        return new RuleRow(id, group, other, text);
    }
}
